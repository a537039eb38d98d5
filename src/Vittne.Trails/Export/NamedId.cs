using System.Security.Cryptography;
using System.Text;

namespace Vittne.Trails.Export;

/// <summary>Ids that depend on what they name only (RFC 9562 section 5.5, version 5), so that an export does not change when nothing else does.</summary>
internal static class NamedId
{
    private static readonly Guid Space = new("d3b5a9a2-6f0e-4d0c-9a53-0c1f3c0b7e11");

    /// <summary>The id of a text.</summary>
    public static string Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        byte[] input = [.. Space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(text)];
#pragma warning disable CA5350 // The standard names this digest; nothing is protected by it.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
