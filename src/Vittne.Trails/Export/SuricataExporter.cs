using System.Globalization;
using System.Text;

namespace Vittne.Trails.Export;

/// <summary>Suricata rules with numbers from 90,000,001 on, in the order of the trails.</summary>
internal sealed class SuricataExporter(TextWriter output) : ITrailExporter
{
    private int _sid = 90_000_000;

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        string indicator = trail.Indicator;
        int slash = indicator.IndexOf('/', StringComparison.Ordinal);
        switch (trail.Kind)
        {
            case TrailKind.Address or TrailKind.Network:
                Rule($"ip any any <> {indicator} any", "", trail);
                return true;
            case TrailKind.Endpoint:
                (string address, string port) = TypedText.Split(indicator);
                Rule($"tcp any any -> {address} {port}", "", trail);
                Rule($"udp any any -> {address} {port}", "", trail);
                return true;
            case TrailKind.Domain:
                Rule("dns any any -> any any", $"dns.query; dotprefix; content:\".{Content(indicator)}\"; nocase; endswith; ", trail);
                Rule("tls any any -> any any", $"tls.sni; dotprefix; content:\".{Content(indicator)}\"; nocase; endswith; ", trail);
                Rule("http any any -> any any", $"http.host; dotprefix; content:\".{Content(indicator)}\"; endswith; ", trail);
                return true;
            case TrailKind.HostSlash:
                Rule("http any any -> any any", $"{Host(indicator[..^1])}", trail);
                return true;
            case TrailKind.Url:
                Rule("http any any -> any any", $"{Host(indicator[..slash])}http.uri; content:\"{Content(indicator[slash..])}\"; nocase; startswith; ", trail);
                return true;
            case TrailKind.Path:
                Rule("http any any -> any any", $"http.uri; content:\"{Content(indicator)}\"; nocase; startswith; ", trail);
                return true;
            case TrailKind.Certificate when indicator.Length == 40:
                string colons = string.Join(':', Enumerable.Range(0, 20).Select(i => indicator.Substring(2 * i, 2)));
                Rule("tls any any -> any any", $"tls.cert_fingerprint; content:\"{Content(colons)}\"; ", trail);
                return true;
            case TrailKind.Ja3:
                Rule("tls any any -> any any", $"ja3.hash; content:\"{indicator}\"; ", trail);
                return true;
            case TrailKind.Ja3s:
                Rule("tls any any -> any any", $"ja3s.hash; content:\"{indicator}\"; ", trail);
                return true;
            case TrailKind.Ja4:
                Rule("tls any any -> any any", $"ja4.hash; content:\"{indicator}\"; ", trail);
                return true;
            case TrailKind.Hassh:
                Rule("ssh any any -> any any", $"ssh.hassh; content:\"{indicator}\"; ", trail);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    private static string Host(string host)
    {
        // The buffer of Suricata has no port.
        int colon = host.LastIndexOf(':');
        string name = colon > 0 && !host.EndsWith(']') ? host[..colon] : host;
        return string.Create(CultureInfo.InvariantCulture, $"http.host; content:\"{Content(name)}\"; bsize:{Encoding.UTF8.GetByteCount(name)}; ");
    }

    /// <summary>A content value: everything with a meaning of its own, and everything beyond ASCII, as hex.</summary>
    private static string Content(string text)
    {
        var content = new StringBuilder();
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            if (value is > 32 and < 127 && (char)value is not ('"' or ';' or ':' or '\\' or '|'))
            {
                content.Append((char)value);
            }
            else
            {
                content.Append(CultureInfo.InvariantCulture, $"|{value:x2}|");
            }
        }

        return content.ToString();
    }

    private static string Message(string text)
    {
        var message = new StringBuilder();
        foreach (char value in text)
        {
            message.Append(char.IsControl(value) ? ' ' : value is '"' or ';' or '\\' or ':' ? "\\" + value : value.ToString());
        }

        return message.ToString();
    }

    private void Rule(string header, string options, Trail trail)
    {
        _sid++;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"alert {header} (msg:\"{Message(trail.Info)} {Message(trail.Reference)}\"; {options}sid:{_sid}; rev:1;)\n"));
    }
}
