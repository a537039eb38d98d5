using System.Globalization;
using System.Text;
using Vittne.Protocols.Crypto;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Fingerprints;

/// <summary>JA4 of a ClientHello, as its maker describes the method. It is free (BSD); the rest of JA4+ is not and is left out.</summary>
public static class Ja4
{
    private const int HashDigits = 12;
    private const int MaxCount = 99;
    private const string NoHash = "000000000000";

    /// <summary>Computes the fingerprint in its four forms.</summary>
    public static Ja4Fingerprint Compute(in ClientHello hello, TlsCarrier carrier)
    {
        List<ushort> ciphers = WithoutGrease(hello.CipherSuites);
        List<ushort> extensions = [];
        foreach (TlsExtension extension in hello.Extensions)
        {
            if (!Grease.IsGrease(extension.Type))
            {
                extensions.Add(extension.Type);
            }
        }

        string head = Head(hello, carrier, ciphers.Count, extensions.Count);
        string algorithms = Join(WithoutGrease(hello.SignatureAlgorithms));
        string ciphersSent = Join(ciphers);
        string extensionsSent = Join(extensions);
        ciphers.Sort();
        extensions.RemoveAll(static type => type is ExtensionType.ServerName or ExtensionType.ApplicationLayerProtocolNegotiation);
        extensions.Sort();
        string ciphersSorted = Join(ciphers);
        string extensionsSorted = Join(extensions);
        return new Ja4Fingerprint(
            $"{head}_{Hash(ciphersSorted)}_{HashExtensions(extensionsSorted, algorithms)}",
            $"{head}_{ciphersSorted}_{WithAlgorithms(extensionsSorted, algorithms)}",
            $"{head}_{Hash(ciphersSent)}_{HashExtensions(extensionsSent, algorithms)}",
            $"{head}_{ciphersSent}_{WithAlgorithms(extensionsSent, algorithms)}");
    }

    /// <summary>First and last character that stand for an ALPN value.</summary>
    internal static string AlpnMark(ReadOnlySpan<byte> alpn)
    {
        if (alpn.IsEmpty)
        {
            return "00";
        }

        (byte first, byte last) = (alpn[0], alpn[^1]);
        return char.IsAsciiLetterOrDigit((char)first) && char.IsAsciiLetterOrDigit((char)last)
            ? $"{(char)first}{(char)last}"
            : $"{first >> 4:x}{last & 15:x}";
    }

    private static string Head(in ClientHello hello, TlsCarrier carrier, int ciphers, int extensions)
    {
        char transport = carrier switch
        {
            TlsCarrier.Dtls => 'd',
            TlsCarrier.Quic => 'q',
            _ => 't',
        };
        char name = hello.HasServerName ? 'd' : 'i';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{transport}{Version(hello)}{name}{Math.Min(ciphers, MaxCount):00}{Math.Min(extensions, MaxCount):00}{AlpnMark(hello.Alpn.First)}");
    }

    private static string Version(in ClientHello hello)
    {
        ushort highest = 0;
        foreach (ushort version in hello.SupportedVersions)
        {
            if (!Grease.IsGrease(version) && Rank(version) > Rank(highest))
            {
                highest = version;
            }
        }

        return (highest == 0 ? hello.LegacyVersion : highest) switch
        {
            0x0304 => "13",
            0x0303 => "12",
            0x0302 => "11",
            0x0301 => "10",
            0x0300 => "s3",
            0x0002 => "s2",
            0xFEFF => "d1",
            0xFEFD => "d2",
            0xFEFC => "d3",
            _ => "00",
        };
    }

    // Version numbers of DTLS run downwards: FEFC is newer than FEFD.
    private static int Rank(ushort version) => version >> 8 == 0xFE ? 0x10000 - version : version;

    private static List<ushort> WithoutGrease(UInt16List values)
    {
        List<ushort> kept = new(values.Count);
        foreach (ushort value in values)
        {
            if (!Grease.IsGrease(value))
            {
                kept.Add(value);
            }
        }

        return kept;
    }

    private static string Join(List<ushort> values)
    {
        var text = new StringBuilder(values.Count * 5);
        foreach (ushort value in values)
        {
            if (text.Length > 0)
            {
                text.Append(',');
            }

            text.Append(CultureInfo.InvariantCulture, $"{value:x4}");
        }

        return text.ToString();
    }

    private static string WithAlgorithms(string extensions, string algorithms) =>
        algorithms.Length == 0 ? extensions : $"{extensions}_{algorithms}";

    private static string HashExtensions(string extensions, string algorithms) =>
        extensions.Length == 0 ? NoHash : Hash(WithAlgorithms(extensions, algorithms));

    private static string Hash(string list) =>
        list.Length == 0 ? NoHash : Sha256.HashHex(Encoding.ASCII.GetBytes(list))[..HashDigits];
}
