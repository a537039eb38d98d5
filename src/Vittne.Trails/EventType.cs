namespace Vittne.Trails;

/// <summary>Type of an event, in Maltrail's words; upper case in output.</summary>
public enum EventType : byte
{
    /// <summary>A name.</summary>
    Dns,

    /// <summary>An address or network.</summary>
    Ip,

    /// <summary>An address with port.</summary>
    Iport,

    /// <summary>A URL or path.</summary>
    Url,

    /// <summary>Something else in an HTTP message.</summary>
    Http,

    /// <summary>A User-Agent.</summary>
    Ua,

    /// <summary>Many paths.</summary>
    Path,

    /// <summary>A port.</summary>
    Port,

    /// <summary>A certificate.</summary>
    Cert,

    /// <summary>A JA3 fingerprint.</summary>
    Ja3,

    /// <summary>A JA3S fingerprint.</summary>
    Ja3s,

    /// <summary>A JA4 fingerprint.</summary>
    Ja4,

    /// <summary>A HASSH fingerprint.</summary>
    Hassh,

    /// <summary>A file.</summary>
    File,
}
