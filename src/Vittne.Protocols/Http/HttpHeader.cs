using System.Text;

namespace Vittne.Protocols.Http;

/// <summary>One header line with the lines that continue it (RFC 9112 section 5), as a view into its head.</summary>
public readonly ref struct HttpHeader
{
    private readonly ReadOnlySpan<byte> _raw;
    private readonly bool _isFolded;

    internal HttpHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> raw, bool hasBlankBeforeColon, bool isFolded)
    {
        Name = name;
        _raw = raw;
        _isFolded = isFolded;
        HasBlankBeforeColon = hasBlankBeforeColon;
    }

    /// <summary>The name in the letter case of the sender; the whole line when it has no colon.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>True for <c>Name : value</c>, which servers read in different ways (RFC 9112 section 5.1).</summary>
    public bool HasBlankBeforeColon { get; }

    /// <summary>The value without blanks around it; continued lines are joined by one space, which copies (they are rare).</summary>
    public ReadOnlySpan<byte> Value => _isFolded ? Unfold(_raw) : _raw;

    /// <summary>True when the name is this one, whatever the letter case.</summary>
    public bool Is(ReadOnlySpan<byte> name) => Name.Length == name.Length && Ascii.EqualsIgnoreCase(Name, name);

    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> raw)
    {
        byte[] joined = new byte[raw.Length];
        int length = 0;
        while (!raw.IsEmpty)
        {
            int end = raw.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? raw : raw[..end]).Trim(HttpHead.Blanks);
            raw = end < 0 ? default : raw[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            if (length > 0)
            {
                joined[length++] = (byte)' ';
            }

            line.CopyTo(joined.AsSpan(length));
            length += line.Length;
        }

        return joined.AsSpan(0, length);
    }
}
