using Vittne.Flows;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>Shows each record to those detectors that look at such records, in their order.</summary>
internal sealed class DetectorSet
{
    private readonly IRecordDetector[] _starts;
    private readonly IRecordDetector[] _dns;
    private readonly IRecordDetector[] _requests;
    private readonly IRecordDetector[] _responses;
    private readonly IRecordDetector[] _others;

    public DetectorSet(IReadOnlyList<IRecordDetector> detectors)
    {
        _starts = Of(detectors, RecordInterest.FlowStarts);
        _dns = Of(detectors, RecordInterest.Dns);
        _requests = Of(detectors, RecordInterest.Requests);
        _responses = Of(detectors, RecordInterest.Responses);
        _others = Of(detectors, RecordInterest.Others);
    }

    /// <summary>Shows one record.</summary>
    public void Show(Record record, IRecordSink findings)
    {
        IRecordDetector[] interested = record switch
        {
            FlowStartRecord => _starts,
            DnsRecord => _dns,
            HttpRequestRecord => _requests,
            HttpResponseRecord => _responses,
            _ => _others,
        };
        foreach (IRecordDetector detector in interested)
        {
            detector.OnRecord(record, findings);
        }
    }

    private static IRecordDetector[] Of(IReadOnlyList<IRecordDetector> detectors, RecordInterest interest)
    {
        var interested = new List<IRecordDetector>();
        foreach (IRecordDetector detector in detectors)
        {
            if ((detector.Interest & interest) != 0)
            {
                interested.Add(detector);
            }
        }

        return [.. interested];
    }
}
