using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Requests that try whether a web server forwards to others: an absolute target that names what it is for.</summary>
internal sealed class ProxyProbeDetector(HeuristicReadings readings) : IRecordDetector
{
    private const string Scheme = "http://";

    private static readonly string[] Words = ["probe", "proxy", "echo", "check"];

    public static DetectorDescriptor Descriptor { get; } = new("proxy-probe", "tries whether a server is an open proxy");

    public RecordInterest Interest => RecordInterest.Requests;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is HttpRequestRecord request
            && readings.Request(request) is { IsHostWhitelisted: false } reading
            && TrailOf(reading.Target) is { Length: > 0 } trail)
        {
            findings.Add(HeuristicEvent.Make(
                request, Descriptor, EventType.Http, RequestText.Readable(trail), "http.url", "potential proxy probe (suspicious)",
                new Measure(1, 0)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>How the probe is shown, <c>http://host/(path)</c>; empty when the target in lower case is none.</summary>
    internal static string TrailOf(string target)
    {
        if (!target.StartsWith(Scheme, StringComparison.Ordinal) || !HasWord(target))
        {
            return "";
        }

        int slash = target.IndexOf('/', Scheme.Length);
        string authority = slash < 0 ? target[Scheme.Length..] : target[Scheme.Length..slash];
        int port = authority.IndexOf(':', StringComparison.Ordinal);
        string host = (port < 0 ? authority : authority[..port]).TrimEnd('.');
        string path = slash < 0 ? "" : target[(slash + 1)..];
        return path.Length > 0 ? $"{Scheme}{host}/({path})" : slash < 0 ? Scheme + host : $"{Scheme}{host}/";
    }

    private static bool HasWord(string target)
    {
        foreach (string word in Words)
        {
            if (target.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
