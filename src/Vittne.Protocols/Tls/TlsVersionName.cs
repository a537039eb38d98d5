using System.Globalization;

namespace Vittne.Protocols.Tls;

/// <summary>Versions of SSL, TLS and DTLS as text.</summary>
public static class TlsVersionName
{
    /// <summary>The name of a version; four hex digits for drafts and what has no name.</summary>
    public static string Of(ushort version) => version switch
    {
        0x0002 => "SSLv2",
        0x0300 => "SSLv3",
        0x0301 => "TLSv1.0",
        0x0302 => "TLSv1.1",
        0x0303 => "TLSv1.2",
        0x0304 => "TLSv1.3",
        0xFEFF => "DTLSv1.0",
        0xFEFD => "DTLSv1.2",
        0xFEFC => "DTLSv1.3",
        0x0100 => "DTLSv1.0-openssl",
        _ => version.ToString("x4", CultureInfo.InvariantCulture),
    };
}
