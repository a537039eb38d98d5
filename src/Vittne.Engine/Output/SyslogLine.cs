using System.Buffers;
using System.Globalization;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// An event as a syslog message around its CEF form: with the old head that Maltrail sends (<c>Mon dd HH:MM:SS HOST</c>, for datagrams and files), or
/// with that of RFC 5424 (for streams).
/// </summary>
/// <param name="cef">The message itself.</param>
/// <param name="sensor">Name of the sensor, which stands for the host.</param>
/// <param name="zone">Zone of the times in the old head, which names none.</param>
/// <param name="isRfc5424">True for the head of RFC 5424.</param>
public sealed class SyslogLine(CefLine cef, string sensor, TimeZoneInfo zone, bool isRfc5424) : IThreatLine
{
    // RFC 5424 section 6.2.1: facility 4, security messages.
    private const int Facility = 4 << 3;

    // RFC 5424 section 6: HOSTNAME is at most 255 printable ASCII characters.
    private const int MaxHost = 255;

    private readonly string _host = Host(sensor);

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        Utf8.Append(output, isRfc5424
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"<{Facility | Level(threat.Severity)}>1 {ThreatFields.UtcTime(threat.At.TimestampNs):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} {_host} vittne - {ThreatFields.TypeName(threat.Type)} - ")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{TimeZoneInfo.ConvertTimeFromUtc(ThreatFields.UtcTime(threat.At.TimestampNs), zone):MMM dd HH:mm:ss} {_host} "));
        cef.Append(output, threat, events);
    }

    /// <summary>A name as a head can carry it: one word of printable ASCII.</summary>
    internal static string Host(string name)
    {
        string word = string.Concat(name.Select(static c => c is > ' ' and < (char)0x7F ? c : '_'));
        return word.Length == 0 ? "-" : word[..Math.Min(word.Length, MaxHost)];
    }

    // RFC 5424 section 6.2.1: 2 critical, 4 warning, 5 notice.
    private static int Level(Severity severity) => severity switch
    {
        Severity.High => 2,
        Severity.Medium => 4,
        _ => 5,
    };
}
