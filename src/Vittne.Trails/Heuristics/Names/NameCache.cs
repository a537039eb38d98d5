using System.IO.Hashing;
using System.Text;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Texts of the names seen last, so that one that is asked for again needs no new one. A place holds the latest name of its hash.</summary>
internal sealed class NameCache
{
    private const int Places = 4096;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The bytes as Latin-1.</summary>
    public string TextOf(ReadOnlySpan<byte> name)
    {
        ref string? text = ref _texts[XxHash3.HashToUInt64(name) % Places];
        if (text is null || !Ascii.Equals(name, text))
        {
            text = Encoding.Latin1.GetString(name);
        }

        return text;
    }
}
