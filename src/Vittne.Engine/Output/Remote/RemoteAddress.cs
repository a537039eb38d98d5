using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vittne.Engine.Output.Remote;

/// <summary>Where a user wants messages sent: <c>HOST:PORT</c> for datagrams, or with <c>udp://</c>, <c>tcp://</c> or <c>tls://</c> before it.</summary>
/// <param name="Transport">How.</param>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">Port, 1 to 65535.</param>
public sealed record RemoteAddress(RemoteTransport Transport, string Host, int Port)
{
    private static readonly (string Prefix, RemoteTransport Transport)[] Prefixes =
        [("udp://", RemoteTransport.Udp), ("tcp://", RemoteTransport.Tcp), ("tls://", RemoteTransport.Tls)];

    /// <summary>Reads one address; IPv6 addresses stand in brackets.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RemoteAddress? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        RemoteTransport transport = RemoteTransport.Udp;
        string rest = text.Trim();
        foreach ((string prefix, RemoteTransport named) in Prefixes)
        {
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                transport = named;
                rest = rest[prefix.Length..];
                break;
            }
        }

        int colon = rest.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
        {
            return false;
        }

        string host = rest[..colon];
        bool isBracketed = host.Length > 2 && host[0] == '[' && host[^1] == ']';
        host = isBracketed ? host[1..^1] : host;
        if (host.Contains(':', StringComparison.Ordinal) != isBracketed || host.AsSpan().ContainsAny("/[] "))
        {
            return false;
        }

        address = new RemoteAddress(transport, host, port);
        return true;
    }

    /// <summary>The address with its transport.</summary>
    public override string ToString()
    {
        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{Transport.ToString().ToLowerInvariant()}://{host}:{Port}");
    }
}
