using System.Buffers;
using System.Text.RegularExpressions;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Responses;

/// <summary>Web servers that say of themselves that they are sinkholes: whoever asks them is infected.</summary>
internal sealed partial class SinkholeResponseDetector(HeuristicReadings readings) : IRecordDetector
{
    // Every phrase holds one of these; looking for them costs a tenth of the expression.
    private static readonly SearchValues<string> Marks = SearchValues.Create(["sinkhole", "snkz=", "sinkdns.org"], StringComparison.OrdinalIgnoreCase);

    public static DetectorDescriptor Descriptor { get; } = new("sinkhole-response", "responses of servers that took over a botnet's name");

    public RecordInterest Interest => RecordInterest.Responses;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpResponseRecord response || readings.Response(response) is not { } reading || !reading.BeginningHolds(Marks))
        {
            return;
        }

        string phrase = PhraseIn(reading.Beginning);
        if (phrase.Length > 0)
        {
            findings.Add(HeuristicEvent.Make(
                response, Descriptor, EventType.Http, Requests.RequestText.Readable(phrase), "http.response", "sinkhole response (malware)",
                new Measure(1, 0)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>The first phrase of a sinkhole in the text; empty when there is none.</summary>
    internal static string PhraseIn(string text)
    {
        Match match = Phrases().Match(text);
        return match.Success ? match.Value : "";
    }

    [GeneratedRegex(
        @"^(?:Server: ?sinkhole\b|X-Sinkhole[a-z-]{0,20}:|Set-Cookie: ?snkz=|Location: ?https?://[\w.-]{0,100}\bsinkdns\.org(?::\d{1,5})?)"
        + @"|\bSinkholed by |\bSinkhole</title>|\bThis (?:domain|is a) (?:has been )?sinkholed?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Phrases();
}
