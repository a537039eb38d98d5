using System.Buffers;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Matching;

/// <summary>Compares hosts, URLs and named addresses of HTTP messages with the trails.</summary>
/// <param name="index">The trails.</param>
/// <param name="urls">Compares URLs.</param>
/// <param name="userAgents">Compares User-Agents; null when that heuristic is off.</param>
/// <param name="teller">Makes the events.</param>
internal sealed class HttpTrailMatcher(ITrailIndex index, UrlMatcher urls, UserAgentMatcher? userAgents, ThreatTeller teller)
{
    private const string HostSource = "http.host";

    /// <summary>Looks at a request.</summary>
    public void OnRecord(HttpRequestRecord record, IRecordSink findings)
    {
        if (!HttpHead.TryParse(record.Head, out HttpHead head))
        {
            return;
        }

        IReadOnlyList<string> forwardedFor = TellForwarded(record, head, findings);
        bool hasHost = head.TryGetHeader("Host"u8, out ReadOnlySpan<byte> hostHeader);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(hostHeader.Length + head.Target.Length);
        ReadOnlySpan<byte> host = RequestTarget.WithoutDefaultPort(Lower(hostHeader.Trim(" \t"u8), buffer));
        ReadOnlySpan<byte> target = Lower(head.Target, buffer.AsSpan(hostHeader.Length));
        if (hasHost && !host.IsEmpty)
        {
            TellHost(record, host, forwardedFor, findings);
        }

        TellTarget(record, head, hasHost, host, target, forwardedFor, findings);
        ArrayPool<byte>.Shared.Return(buffer);
        if (head.TryGetHeader("Referer"u8, out ReadOnlySpan<byte> referer))
        {
            TellReference(record, referer, forwardedFor, findings);
        }

        if (userAgents is not null && head.TryGetHeader("User-Agent"u8, out ReadOnlySpan<byte> userAgent))
        {
            userAgents.Tell(record, userAgent, forwardedFor, findings);
        }
    }

    /// <summary>Looks at a response: where it sends the client.</summary>
    public void OnRecord(HttpResponseRecord record, IRecordSink findings)
    {
        if (HttpHead.TryParse(record.Head, out HttpHead head) && head.TryGetHeader("Location"u8, out ReadOnlySpan<byte> location))
        {
            TellReference(record, location, [], findings);
        }
    }

    private static Span<byte> Lower(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        for (int i = 0; i < text.Length; i++)
        {
            destination[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        }

        return destination[..text.Length];
    }

    /// <summary>A name for an address that is a trail is told with it; the name is compared for itself as well.</summary>
    private void TellHost(HttpRequestRecord record, ReadOnlySpan<byte> host, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        IpAddress receiver = Sighting.Of(record.Flow, record.Direction).Destination;
        ReadOnlySpan<byte> name = RequestTarget.WithoutPort(host);
        if (char.IsAsciiLetter((char)host[0]) && index.TryFindAddress(receiver, out int trail))
        {
            string text = $"{receiver.ToString()} ({Encoding.UTF8.GetString(name)})";
            teller.Tell(record, EventType.Ip, text, trail, HostSource, forwardedFor, findings);
        }

        teller.TellName(record, name, HostSource, forwardedFor, findings);
    }

    private void TellTarget(
        HttpRequestRecord record,
        in HttpHead head,
        bool hasHost,
        ReadOnlySpan<byte> host,
        ReadOnlySpan<byte> target,
        IReadOnlyList<string> forwardedFor,
        IRecordSink findings)
    {
        if (target.IsEmpty)
        {
            return;
        }

        bool isConnect = head.Method.SequenceEqual("CONNECT"u8);
        if (!RequestTarget.TryParseAbsolute(target, out RequestTarget named) && isConnect)
        {
            named = RequestTarget.OfAuthority(target);
        }

        if (!named.Authority.IsEmpty)
        {
            string source = isConnect ? "http.connect" : "http.url";
            teller.TellName(record, named.HostName, source, forwardedFor, findings);
            if (AddressText.TryParse(named.HostName, out IpAddress address))
            {
                teller.TellAddress(record, address, source, forwardedFor, findings);
            }

            TellUrl(record, head, named.Host, isConnect ? named.Host : named.Authority, named.Path, forwardedFor, findings);
            return;
        }

        if (!hasHost)
        {
            Span<byte> receiver = stackalloc byte[AddressText.MaxLength];
            int length = Encoding.ASCII.GetBytes(Sighting.Of(record.Flow, record.Direction).Destination.ToString(), receiver);
            TellUrl(record, head, receiver[..length], receiver[..length], target, forwardedFor, findings);
            return;
        }

        TellUrl(record, head, host, host, target, forwardedFor, findings);
    }

    private void TellUrl(
        HttpRequestRecord record,
        in HttpHead head,
        ReadOnlySpan<byte> host,
        ReadOnlySpan<byte> shownHost,
        ReadOnlySpan<byte> path,
        IReadOnlyList<string> forwardedFor,
        IRecordSink findings)
    {
        var target = new UrlTarget { Host = host, ShownHost = shownHost, Path = path, Method = head.Method, Body = record.Body };
        if (urls.TryFind(target, out UrlFind find))
        {
            teller.Tell(
                record,
                find.IsInBody ? EventType.Http : EventType.Url,
                find.Text,
                find.Trail,
                find.IsInBody ? "http.body" : "http.url",
                forwardedFor,
                findings);
        }
    }

    /// <summary>A URL in a header: where the client came from, or where it is sent.</summary>
    private void TellReference(Record record, ReadOnlySpan<byte> value, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(value.Length);
        ReadOnlySpan<byte> lower = Lower(value.Trim(" \t"u8), buffer);
        int fragment = lower.IndexOf((byte)'#');
        if (RequestTarget.TryParseAbsolute(fragment < 0 ? lower : lower[..fragment], out RequestTarget named) && !named.Authority.IsEmpty)
        {
            var target = new UrlTarget { Host = named.Host, ShownHost = named.Authority, Path = named.Path };
            if (urls.TryFind(target, out UrlFind find))
            {
                teller.Tell(record, EventType.Url, find.Text, find.Trail, "http.header", forwardedFor, findings);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Tells the addresses that proxies name, and gives them as text for the other events of the request.</summary>
    private List<string> TellForwarded(HttpRequestRecord record, in HttpHead head, IRecordSink findings)
    {
        List<IpAddress> addresses = [];
        if (head.TryGetHeader("X-Forwarded-For"u8, out ReadOnlySpan<byte> value))
        {
            ForwardedFor.AddList(value, addresses);
        }

        if (head.TryGetHeader("Forwarded"u8, out value))
        {
            ForwardedFor.AddForwarded(value, addresses);
        }

        if (head.TryGetHeader("CF-Connecting-IP"u8, out value))
        {
            ForwardedFor.AddList(value, addresses);
        }

        if (head.TryGetHeader("True-Client-IP"u8, out value))
        {
            ForwardedFor.AddList(value, addresses);
        }

        List<string> texts = [];
        foreach (IpAddress address in addresses)
        {
            texts.Add(address.ToString());
        }

        foreach (IpAddress address in addresses)
        {
            teller.TellAddress(record, address, "http.forwarded", texts, findings);
        }

        return texts;
    }
}
