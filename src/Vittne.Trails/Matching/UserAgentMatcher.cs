using System.Text;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Trails.Text;

namespace Vittne.Trails.Matching;

/// <summary>Heuristic <c>user-agent</c>: names of tools and malware in the User-Agent of requests.</summary>
/// <param name="index">Holds the patterns.</param>
/// <param name="teller">Knows the whitelist.</param>
internal sealed class UserAgentMatcher(ITrailIndex index, ThreatTeller teller)
{
    /// <summary>How it presents itself.</summary>
    public static DetectorDescriptor Descriptor { get; } = new("user-agent", "clients that name themselves after attack tools or malware");

    /// <summary>Compares one value with the patterns and tells it.</summary>
    public void Tell(HttpRequestRecord record, ReadOnlySpan<byte> value, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        ReadOnlySpan<byte> decoded = (value.Contains((byte)'%') ? PercentDecoding.Decode(value) : value).Trim(" \t\r\n\v\f"u8);
        if (decoded.IsEmpty || !index.TryFindUserAgent(decoded, out _, out int start, out int length) || length == 0)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(decoded);
        if (UserAgentText.IsHonest(text) || teller.IsSilenced(record, EventType.Ua))
        {
            return;
        }

        string shown = UserAgentText.Of(text, Encoding.UTF8.GetString(decoded.Slice(start, length)));
        findings.Add(new ThreatRecord
        {
            Flow = record.Flow,
            At = record.At,
            Direction = record.Direction,
            Type = EventType.Ua,
            Trail = shown,
            Indicator = shown,
            Source = "http.header",
            Info = "user agent (suspicious)",
            Reference = "(heuristic)",
            Severity = Severity.Medium,
            Heuristic = Descriptor.Name,
            Measured = 1,
            Threshold = 1,
            ForwardedFor = forwardedFor,
        });
    }
}
