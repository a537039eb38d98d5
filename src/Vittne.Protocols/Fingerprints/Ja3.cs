using System.Globalization;
using System.Text;
using Vittne.Protocols.Crypto;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Fingerprints;

/// <summary>JA3: MD5 of <c>version,ciphers,extensions,groups,formats</c> of a ClientHello, decimal, GREASE left out.</summary>
public static class Ja3
{
    /// <summary>Computes the fingerprint.</summary>
    /// <returns>The MD5 in lower-case hex, and the text that it is made of.</returns>
    public static (string Hash, string Full) Compute(in ClientHello hello)
    {
        var text = new StringBuilder(256);
        text.Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion},");
        AppendList(text, hello.CipherSuites);
        text.Append(',');
        bool isFirst = true;
        foreach (TlsExtension extension in hello.Extensions)
        {
            Append(text, extension.Type, ref isFirst);
        }

        text.Append(',');
        AppendList(text, hello.SupportedGroups);
        text.Append(',');
        isFirst = true;
        foreach (byte format in hello.PointFormats)
        {
            Append(text, format, ref isFirst);
        }

        string full = text.ToString();
        return (Md5.HashHex(Encoding.ASCII.GetBytes(full)), full);
    }

    private static void AppendList(StringBuilder text, UInt16List values)
    {
        bool isFirst = true;
        foreach (ushort value in values)
        {
            Append(text, value, ref isFirst);
        }
    }

    private static void Append(StringBuilder text, ushort value, ref bool isFirst)
    {
        if (Grease.IsGrease(value))
        {
            return;
        }

        if (!isFirst)
        {
            text.Append('-');
        }

        isFirst = false;
        text.Append(value);
    }
}
