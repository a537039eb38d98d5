using System.Buffers;

namespace Vittne.Trails.Text;

/// <summary>Which names are worth a look at all.</summary>
public static class DnsNameRules
{
    private static readonly SearchValues<byte> LastLabelBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>Last labels that live inside a network or in examples (RFC 2606, RFC 6761, RFC 6762 and habit).</summary>
    private static readonly string[] LocalLabels =
    [
        "alienvault", "arpa", "corp", "example", "guest", "home", "internal", "intra", "intran", "intranet", "lan", "local",
        "localdomain", "localnet", "test", "url", "workgroup",
    ];

    /// <summary>
    /// True when the whole name looks like a domain name: at least one dot, a last label of letters, digits and <c>-</c> that is not
    /// empty, and before it nothing but those, <c>_</c> and dots.
    /// Looser than RFC 1123 section 2.1 on purpose: malware does not ask the RFC.
    /// </summary>
    public static bool IsExaminable(ReadOnlySpan<byte> name)
    {
        int dot = name.LastIndexOf((byte)'.');
        return dot >= 0
            && dot + 1 < name.Length
            && name[(dot + 1)..].IndexOfAnyExcept(LastLabelBytes) < 0
            && name[..dot].IndexOfAnyExcept(NameBytes) < 0;
    }

    /// <summary>
    /// True when the name belongs to an inner network or to examples: its last label is one of a fixed list (<c>local</c>, <c>lan</c>,
    /// <c>arpa</c>, …) or <c>.intranet.</c> stands in it. Letter case does not count.
    /// </summary>
    public static bool IsLocal(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> last = name[(name.LastIndexOf((byte)'.') + 1)..];
        foreach (string label in LocalLabels)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(last, label))
            {
                return true;
            }
        }

        return HoldsIntranetLabel(name);
    }

    private static bool HoldsIntranetLabel(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> label = ".intranet."u8;
        for (int at = 0; at + label.Length <= name.Length; at++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name.Slice(at, label.Length), label))
            {
                return true;
            }
        }

        return false;
    }
}
