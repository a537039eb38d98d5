using System.Buffers;
using System.Text;
using Vittne.Engine.Output;
using Vittne.Trails;

namespace Vittne.Engine.Tests.Output;

/// <summary>What a form makes of an event.</summary>
internal static class Lines
{
    public static string Of(IThreatLine line, ThreatRecord threat, CondensedEvents? events = null)
    {
        var output = new ArrayBufferWriter<byte>();
        line.Append(output, threat, events);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Undoes the escapes of vector files: <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\\</c>.</summary>
    public static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                char other => other,
            });
        }

        return plain.ToString();
    }
}
