namespace Vittne.Protocols;

/// <summary>Hardware addresses as text: two lower-case digits a byte, joined by colons.</summary>
internal static class MacAddress
{
    /// <summary>The text of an address of any length.</summary>
    public static string Text(ReadOnlySpan<byte> address)
    {
        string digits = Convert.ToHexStringLower(address);
        return string.Join(':', Enumerable.Range(0, address.Length).Select(i => digits.Substring(2 * i, 2)));
    }
}
