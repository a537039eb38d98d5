using System.Globalization;
using System.Text;
using Vittne.Packets;

namespace Vittne.Trails.Lists;

/// <summary>
/// Addresses in response policy zones: the prefix length and the parts of the address backwards, below <c>rpz-ip</c>; <c>zz</c> stands for
/// <c>::</c>. <c>32.1.2.0.192.rpz-ip</c> is 192.0.2.1, <c>32.zz.db8.2001.rpz-ip</c> is 2001:db8::/32.
/// </summary>
internal static class ZoneAddress
{
    private const string Suffix = ".rpz-ip";

    /// <summary>The network that a name of a zone means, as <c>address/length</c>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> name, out string network)
    {
        network = "";
        if (name.Length > 80)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(name).TrimEnd('.');
        int end = text.IndexOf(Suffix, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            return false;
        }

        string[] parts = text[..end].Split('.');
        string[] address = [.. parts[1..].Reverse()];
        string joined = parts.Length == 5 && !Array.Exists(address, part => part == "zz")
            ? string.Join('.', address)
            : Compressed(string.Join(':', address));
        network = $"{joined}/{parts[0]}";
        return true;
    }

    /// <summary>The name below <c>rpz-ip</c> for an address block.</summary>
    public static string Write(IpNetwork network)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.V6Length];
        network.First.Write(bytes);
        string bits = network.WrittenBits.ToString(CultureInfo.InvariantCulture);
        if (network.IsV4)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bits}.{bytes[3]}.{bytes[2]}.{bytes[1]}.{bytes[0]}{Suffix}");
        }

        string text = network.First.ToString();
        string[] halves = text.Split("::");
        string whole = halves.Length == 1 ? text : $"{(halves[0].Length > 0 ? halves[0] + ":" : "")}zz{(halves[1].Length > 0 ? ":" + halves[1] : "")}";
        return $"{bits}.{string.Join('.', whole.Split(':').Reverse())}{Suffix}";
    }

    private static string Compressed(string joined) => joined switch
    {
        "zz" => "::",
        _ when joined.StartsWith("zz:", StringComparison.Ordinal) => "::" + joined[3..],
        _ when joined.EndsWith(":zz", StringComparison.Ordinal) => joined[..^3] + "::",
        _ => joined.Replace(":zz:", "::", StringComparison.Ordinal),
    };
}
