using System.Buffers;
using System.Text;

namespace Vittne.Engine.Output;

/// <summary>Text as UTF-8 at the end of a buffer; a lone surrogate becomes U+FFFD.</summary>
internal static class Utf8
{
    /// <summary>Appends the text.</summary>
    public static void Append(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
