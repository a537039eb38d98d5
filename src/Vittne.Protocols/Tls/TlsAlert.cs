namespace Vittne.Protocols.Tls;

/// <summary>An alert that was sent in the clear (RFC 8446 section 6).</summary>
/// <param name="Level">1 warning, 2 fatal.</param>
/// <param name="Description">What is wrong; 0 is close_notify.</param>
/// <param name="IsFromClient">True when the client sent it.</param>
public sealed record TlsAlert(byte Level, byte Description, bool IsFromClient)
{
    /// <summary>Its level in words.</summary>
    public string LevelName => Level switch
    {
        1 => "warning",
        2 => "fatal",
        _ => Level.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Its description as the IANA registry "TLS Alerts" names it; the number when it has no name.</summary>
    public string DescriptionName => Description switch
    {
        0 => "close_notify",
        10 => "unexpected_message",
        20 => "bad_record_mac",
        21 => "decryption_failed",
        22 => "record_overflow",
        30 => "decompression_failure",
        40 => "handshake_failure",
        41 => "no_certificate",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        60 => "export_restriction",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        86 => "inappropriate_fallback",
        90 => "user_canceled",
        100 => "no_renegotiation",
        109 => "missing_extension",
        110 => "unsupported_extension",
        111 => "certificate_unobtainable",
        112 => "unrecognized_name",
        113 => "bad_certificate_status_response",
        114 => "bad_certificate_hash_value",
        115 => "unknown_psk_identity",
        116 => "certificate_required",
        120 => "no_application_protocol",
        121 => "ech_required",
        _ => Description.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
