using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>Shows each record to those detectors that look at such records, in their order, and lets none of them end the run.</summary>
internal sealed class DetectorSet
{
    private readonly GuardedDetector[] _all;
    private readonly GuardedDetector[] _starts;
    private readonly GuardedDetector[] _dns;
    private readonly GuardedDetector[] _requests;
    private readonly GuardedDetector[] _responses;
    private readonly GuardedDetector[] _others;

    public DetectorSet(IReadOnlyList<IRecordDetector> detectors)
    {
        _all = new GuardedDetector[detectors.Count];
        for (int i = 0; i < _all.Length; i++)
        {
            _all[i] = new GuardedDetector(detectors[i]);
        }

        _starts = Of(_all, RecordInterest.FlowStarts);
        _dns = Of(_all, RecordInterest.Dns);
        _requests = Of(_all, RecordInterest.Requests);
        _responses = Of(_all, RecordInterest.Responses);
        _others = Of(_all, RecordInterest.Others);
    }

    /// <summary>Shows one record.</summary>
    public void Show(Record record, IRecordSink findings)
    {
        GuardedDetector[] interested = record switch
        {
            FlowStartRecord => _starts,
            DnsRecord => _dns,
            HttpRequestRecord => _requests,
            HttpResponseRecord => _responses,
            _ => _others,
        };
        foreach (GuardedDetector detector in interested)
        {
            detector.Show(record, findings);
        }
    }

    /// <summary>Tells all detectors that the input ended.</summary>
    public void End(in PacketStamp at, IRecordSink findings)
    {
        foreach (GuardedDetector detector in _all)
        {
            detector.End(at, findings);
        }
    }

    /// <summary>Adds what failed to a summary: failures by detector and first exception.</summary>
    public void AddFailures(SortedDictionary<string, long> failures)
    {
        foreach (GuardedDetector detector in _all)
        {
            if (detector.Failures > 0)
            {
                failures[detector.Detail] = failures.GetValueOrDefault(detector.Detail) + detector.Failures;
            }
        }
    }

    private static GuardedDetector[] Of(GuardedDetector[] detectors, RecordInterest interest)
    {
        var interested = new List<GuardedDetector>();
        foreach (GuardedDetector detector in detectors)
        {
            if ((detector.Interest & interest) != 0)
            {
                interested.Add(detector);
            }
        }

        return [.. interested];
    }
}
