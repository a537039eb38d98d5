using System.Collections.Frozen;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Trails.Text;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>
/// The part of <see cref="DirectDownloadDetector"/> that reads requests, in the workers: programs and scripts that are fetched from outside under a
/// short name, without a query around them.
/// </summary>
internal sealed class DirectDownloadFilter(HeuristicReadings readings) : IRecordDetector
{
    /// <summary>Names of so many characters or more are those of products, not of droppers.</summary>
    private const int NameLimit = 10;

    private static readonly FrozenSet<string> Extensions = FrozenSet.ToFrozenSet(
    [
        ".apk", ".bin", ".class", ".chm", ".dll", ".egg", ".exe", ".hta", ".hwp", ".lnk", ".msi", ".pif", ".ps1", ".pyz", ".scr", ".sct",
        ".vsto", ".wbk", ".xpi",
    ]);

    /// <summary>Parts of paths under which vendors keep their own programs.</summary>
    private static readonly string[] OrdinaryParts =
        ["cgi", "/scripts/", "/_vti_bin/", "/bin/", "/pub/softpaq/", "/bios/", "/pc-axis/"];

    public RecordInterest Interest => RecordInterest.Requests;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpRequestRecord request
            || readings.Request(request) is not { IsHostWhitelisted: false, IsConnect: false } reading
            || !IsProgram(reading.Path, out string extension, out int nameLength)
            || readings.Context.IsHome(Endpoints.ReceiverOf(request)))
        {
            return;
        }

        ThreatRecord threat = HeuristicEvent.Make(
            request, DirectDownloadDetector.Descriptor, EventType.Url, $"{reading.Host}({reading.DisplayPath})", "http.url",
            $"direct {extension} download (suspicious)", new Measure(nameLength, NameLimit), forwardedFor: ForwardingHeaders.Of(request.Head));
        findings.Add(new OpenDownload { Flow = request.Flow, At = request.At, Direction = request.Direction, Threat = threat, Depth = request.Depth });
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>True when the target in lower case is that of a lone program.</summary>
    internal static bool IsProgram(string target, out string extension, out int nameLength)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        string fileName = path[(path.LastIndexOf('/') + 1)..];
        int parameters = fileName.IndexOf(';', StringComparison.Ordinal);
        fileName = parameters < 0 ? fileName : fileName[..parameters];
        extension = Encoding.Latin1.GetString(FileExtension.Of(Encoding.Latin1.GetBytes(fileName)));
        nameLength = fileName.Length - extension.Length;
        if (nameLength >= NameLimit
            || !Extensions.Contains(extension)
            || (query >= 0 && target.IndexOf('=', query) >= 0))
        {
            return false;
        }

        foreach (string part in OrdinaryParts)
        {
            if (target.Contains(part, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
