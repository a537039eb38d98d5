namespace Vittne.Capture.Filters.Compile;

/// <summary>A place in a packet: a value that is found at run time, and a constant.</summary>
/// <param name="Constant">Bytes from the base.</param>
/// <param name="Base">Value that tells where the base is; -1 for the start of the packet.</param>
internal readonly record struct PacketOffset(uint Constant, int Base = -1)
{
    public static PacketOffset operator +(PacketOffset offset, uint bytes) => offset with { Constant = offset.Constant + bytes };
}
