using System.Runtime.InteropServices;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Trails.Text;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Attacks on web applications that stand in a request: in its target, its body or its headers.</summary>
internal sealed class RequestInjectionDetector(HeuristicReadings readings) : IRecordDetector
{
    /// <summary>Longest text that is examined; what follows in a longer one is left out.</summary>
    private const int MaxText = 64 * 1024;

    /// <summary>Longest trail of an event, in characters; longer bodies are cut in the event, not in the examination.</summary>
    private const int MaxTrail = 4096;

    private static readonly InjectionClasses InHeaders = InjectionClasses.Of(InjectionClass.Sql, InjectionClass.RemoteCode);

    public static DetectorDescriptor Descriptor { get; } = new("request-injection", "attacks in the target, body or headers of a request");

    // Most texts come again and again: agents, referrers, cookies, the same few pages.
    private readonly CleanTexts _clean = new();

    /// <inheritdoc/>
    public RecordInterest Interest => RecordInterest.Requests;

    /// <inheritdoc/>
    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpRequestRecord request || readings.Request(request) is not { IsHostWhitelisted: false } reading)
        {
            return;
        }

        InjectionClasses open = Asked(reading);
        InjectionClasses inPath = ClassifyOnce(reading.Path, open);
        if (!inPath.IsEmpty)
        {
            open = Tell(reading, EventType.Url, "http.url", $"{reading.Host}({reading.DisplayPath})", inPath, open, findings);
        }

        if (request.Body.Length > 0)
        {
            InjectionClasses found = ClassifyOnce(reading.BodyText, open);
            open = found.IsEmpty
                ? open
                : Tell(
                    reading, EventType.Http, "http.body",
                    $"{reading.Host}({reading.DisplayPath} \\({reading.Method} {RequestText.ForDisplay(reading.BodyText.Trim())}\\))",
                    found, open, findings);
        }

        open = TellHeader(reading, "User-Agent", "User-Agent"u8, open, findings);
        open = TellHeader(reading, "Referer", "Referer"u8, open, findings);
        TellHeader(reading, "Cookie", "Cookie"u8, open, findings);
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>Classes shown by the text percent-decoded once, or twice where the sender encoded it twice.</summary>
    internal static InjectionClasses Classify(string encoded, InjectionClasses asked)
    {
        string text = encoded.Length > MaxText ? encoded[..MaxText] : encoded;
        string once = Decode(text);
        InjectionClasses found = InjectionClassifier.Classify(once, asked);
        if (once.Contains('%', StringComparison.Ordinal))
        {
            string twice = Decode(once);
            if (twice.Length != once.Length)
            {
                found = found.Union(InjectionClassifier.Classify(twice, asked.Without(found)));
            }
        }

        return found;
    }

    private InjectionClasses ClassifyOnce(string encoded, InjectionClasses asked)
    {
        ulong key = _clean.KeyOf(MemoryMarshal.AsBytes(encoded.AsSpan()), asked.Bits);
        if (_clean.Contains(key))
        {
            return default;
        }

        InjectionClasses found = Classify(encoded, asked);
        if (found.IsEmpty)
        {
            _clean.Add(key);
        }

        return found;
    }

    private static string Decode(string text) =>
        text.Contains('%', StringComparison.Ordinal)
            ? Encoding.Latin1.GetString(PercentDecoding.Decode(Encoding.Latin1.GetBytes(text)))
            : text;

    // Query languages that travel in targets are SQL by right, and what advertising collects goes to advertisers.
    private static InjectionClasses Asked(RequestReading reading)
    {
        InjectionClasses asked = InjectionClasses.All;
        ReadOnlySpan<char> path = reading.PathWithoutQuery;
        if (path.Contains("/fql", StringComparison.Ordinal) || path.Contains("/yql", StringComparison.Ordinal))
        {
            asked = asked.Without(InjectionClasses.Of(InjectionClass.Sql));
        }

        if (path.Contains("ads", StringComparison.Ordinal) || AddressRanges.Private.Contains(Endpoints.ReceiverOf(reading.Record)))
        {
            asked = asked.Without(InjectionClasses.Of(InjectionClass.DataLeakage));
        }

        return asked;
    }

    private InjectionClasses TellHeader(
        RequestReading reading, string label, ReadOnlySpan<byte> name, InjectionClasses open, IRecordSink findings)
    {
        string value = reading.HeaderText(name);
        if (value.Length == 0)
        {
            return open;
        }

        InjectionClasses asked = new(open.Bits & InHeaders.Bits);
        InjectionClasses found = ClassifyOnce(value, asked);
        return found.IsEmpty
            ? open
            : Tell(
                reading, EventType.Http, "http.header",
                $"{reading.Host}({reading.DisplayPath} \\({label}: {RequestText.ForDisplay(value)}\\))", found, open, findings);
    }

    private InjectionClasses Tell(
        RequestReading reading, EventType type, string source, string trail, InjectionClasses found, InjectionClasses open,
        IRecordSink findings)
    {
        if (found.IsEmpty)
        {
            return open;
        }

        if (trail.Length > MaxTrail)
        {
            trail = string.Concat(trail.AsSpan(0, MaxTrail), "…");
            Dropped++;
        }

        IReadOnlyList<string> forwardedFor = ForwardingHeaders.Of(reading.Record.Head);
        for (InjectionClass injection = InjectionClass.Sql; injection <= InjectionClass.DnsChanger; injection++)
        {
            if (found.Contains(injection))
            {
                findings.Add(HeuristicEvent.Make(
                    reading.Record, Descriptor, type, trail, source, InjectionNames.InfoOf(injection), new Measure(1, 0),
                    forwardedFor: forwardedFor));
            }
        }

        return open.Without(found);
    }
}
