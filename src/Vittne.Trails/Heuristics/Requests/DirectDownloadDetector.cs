using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Content;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>
/// Programs that are fetched by a short name from outside: told with the answer, since its first bytes say whether a program came. A
/// request without answer is told after a minute, or at the end.
/// </summary>
internal sealed class DirectDownloadDetector : IRecordDetector
{
    private const long WaitNs = 60_000_000_000;

    /// <summary>Requests that wait for their answers; of more, the oldest are told without.</summary>
    private const int MaxOpen = 256;

    private readonly List<OpenDownload> _open = [];

    public static DetectorDescriptor Descriptor { get; } = new("direct-download", "programs fetched by a short name from outside");

    public RecordInterest Interest => RecordInterest.Responses | RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is OpenDownload download)
        {
            TellOld(record.At, findings);
            if (_open.Count == MaxOpen)
            {
                Tell(0, record.At, findings);
            }

            _open.Add(download);
        }
        else if (_open.Count > 0 && record is HttpResponseRecord response)
        {
            TellOld(record.At, findings);
            int at = _open.FindIndex(open => open.Depth == response.Depth && open.Flow.Id == response.Flow.Id);
            if (at >= 0)
            {
                TellAnswered(at, response, findings);
            }
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
        while (_open.Count > 0)
        {
            Tell(0, at, findings);
        }
    }

    /// <summary>True for content that a computer runs, or that holds what it runs.</summary>
    internal static bool IsProgram(string mediaType) => mediaType is
        "application/x-dosexec" or "application/x-executable" or "application/x-mach-o-executable" or "application/x-java-applet" or "application/x-dex"
        or "application/x-ole-storage" or "application/x-ms-shortcut" or "application/vnd.ms-htmlhelp" or "application/vnd.ms-cab-compressed"
        or "text/x-shellscript" or "text/x-msdos-batch" or "application/zip" or "application/wasm" or "application/x-google-chrome-extension";

    private void TellAnswered(int at, HttpResponseRecord response, IRecordSink findings)
    {
        int status = HttpHead.TryParse(response.Head, out HttpHead head) ? head.Status : 0;
        string kind = response.Body.Length == 0 ? "no content" : ContentSniffer.MediaType(response.Body) ?? "unknown content";
        ThreatRecord threat = _open[at].Threat;

        // What was asked for came, or the server had nothing of the kind: a page that says so is no program.
        Severity severity = IsProgram(kind) ? Severity.High
            : status >= 300 || kind == "text/html" ? Severity.Low
            : threat.Severity;
        _open.RemoveAt(at);
        findings.Add(threat with { At = response.At, Severity = severity, Evidence = $"answered with {status}, {kind}" });
    }

    private void TellOld(in PacketStamp now, IRecordSink findings)
    {
        while (_open.Count > 0 && Math.Abs(now.TimestampNs - _open[0].At.TimestampNs) > WaitNs)
        {
            Tell(0, now, findings);
        }
    }

    private void Tell(int at, in PacketStamp now, IRecordSink findings)
    {
        ThreatRecord threat = _open[at].Threat;
        _open.RemoveAt(at);
        findings.Add(threat with { At = now });
    }
}
