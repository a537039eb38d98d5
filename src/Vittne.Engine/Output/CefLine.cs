using System.Buffers;
using System.Globalization;
using System.Text;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// An event in the Common Event Format, version 0: <c>CEF:0|Vittne|sensor|VERSION|SIGNATURE|INFO|SEVERITY|src= spt= dst= dpt= trail= ref= …</c>.
/// The keys up to <c>ref</c> are those of Maltrail.
/// </summary>
/// <param name="version">Version of the program.</param>
/// <param name="signature">Date of the trail data.</param>
/// <param name="usesMaltrailScale">True for Maltrail's severities 0, 1 and 2 instead of 3, 6 and 9 on the format's scale of 0 to 10.</param>
public sealed class CefLine(string version, string signature, bool usesMaltrailScale) : IThreatLine
{
    private const long NsPerMs = 1_000_000;

    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        var ends = new EventEnds(threat, events);
        _text.Clear();
        _text.Append("CEF:0|Vittne|sensor|").Append(Header(version)).Append('|').Append(Header(signature)).Append('|');
        _text.Append(Header(threat.Info)).Append('|').Append(Severity(threat.Severity)).Append('|');
        _text.Append("src=").Append(Extension(ends.Source));
        AppendKey("spt", ends.SourcePort);
        AppendKey("dst", ends.Destination);
        AppendKey("dpt", ends.DestinationPort);
        AppendKey("trail", threat.Trail);
        AppendKey("ref", threat.Reference);
        AppendKey("proto", ends.Protocol);
        AppendKey("cs1Label", "type");
        AppendKey("cs1", ThreatFields.TypeName(threat.Type));
        AppendNumber("rt", threat.At.TimestampNs / NsPerMs);
        AppendNumber("externalId", threat.Flow.Id);
        if (events is { Count: > 1 })
        {
            AppendNumber("cnt", events.Count);
            AppendNumber("start", events.FirstSeenNs / NsPerMs);
            AppendNumber("end", events.LastSeenNs / NsPerMs);
        }

        Utf8.Append(output, _text.ToString());
    }

    /// <summary>A value in the head: <c>\</c> and <c>|</c> escaped, line ends as blanks.</summary>
    internal static string Header(string value) =>
        Flat(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A value in the extension: <c>\</c> and <c>=</c> escaped, line ends as blanks.</summary>
    internal static string Extension(string value) =>
        Flat(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);

    private static string Flat(string value) => value.Replace('\r', ' ').Replace('\n', ' ');

    private string Severity(Severity severity)
    {
        int step = (int)severity;
        return (usesMaltrailScale ? step - 1 : step * 3).ToString(CultureInfo.InvariantCulture);
    }

    private void AppendKey(string key, string value) =>
        _text.Append(' ').Append(key).Append('=').Append(value.Length > 0 ? Extension(value) : "-");

    private void AppendNumber(string key, long value) => _text.Append(CultureInfo.InvariantCulture, $" {key}={value}");
}
