namespace Vittne.Protocols.Tls;

/// <summary>Values that clients send at random so that servers stay tolerant (RFC 8701): 0A0A, 1A1A … FAFA.</summary>
public static class Grease
{
    /// <summary>Whether a cipher suite, group, extension, version or signature algorithm is one of them.</summary>
    public static bool IsGrease(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);
}
