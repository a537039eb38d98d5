using System.Buffers.Binary;

namespace Vittne.Protocols.Secrets;

/// <summary>The random of a ClientHello, by which key logs name a connection.</summary>
/// <param name="High">Its first 16 bytes.</param>
/// <param name="Low">Its last 16 bytes.</param>
internal readonly record struct ClientRandom(UInt128 High, UInt128 Low)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>Reads 32 bytes.</summary>
    public static ClientRandom Of(ReadOnlySpan<byte> random) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(random), BinaryPrimitives.ReadUInt128BigEndian(random[16..]));
}
