namespace Vittne.Capture.Pcapng;

/// <summary>A pcapng block that holds no packet, as the capture has it.</summary>
/// <param name="Before">Index in its batch of the packet that it stands before; the number of packets when it stands behind all.</param>
/// <param name="Type">Block type.</param>
/// <param name="Body">What stands between the two lengths, in the byte order of its section: unchecked.</param>
public readonly record struct CaptureBlock(int Before, uint Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether it holds decryption secrets (section 4.7).</summary>
    public bool HoldsSecrets => Type == (uint)BlockType.DecryptionSecrets;
}
