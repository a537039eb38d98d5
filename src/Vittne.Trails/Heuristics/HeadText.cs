using System.Text;

namespace Vittne.Trails.Heuristics;

/// <summary>Lines of an HTTP head, read leniently: any letter case in names, bare line feeds, no folding.</summary>
internal readonly ref struct HeadText(ReadOnlySpan<byte> head)
{
    private readonly ReadOnlySpan<byte> _head = head;

    /// <summary>The request or status line without its line end.</summary>
    public ReadOnlySpan<byte> FirstLine
    {
        get
        {
            int end = _head.IndexOf((byte)'\n');
            return (end < 0 ? _head : _head[..end]).TrimEnd((byte)'\r');
        }
    }

    /// <summary>The value of the first field of that name, without blanks around it.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> rest = _head;
        while (true)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                value = default;
                return false;
            }

            rest = rest[(end + 1)..];
            if (rest.Length > name.Length && rest[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(rest[..name.Length], name))
            {
                rest = rest[(name.Length + 1)..];
                int lineEnd = rest.IndexOf((byte)'\n');
                value = (lineEnd < 0 ? rest : rest[..lineEnd]).Trim(" \t\r"u8);
                return true;
            }
        }
    }
}
