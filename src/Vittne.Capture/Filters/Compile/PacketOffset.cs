namespace Vittne.Capture.Filters.Compile;

/// <summary>A place in a packet: a value that is found at run time, and a constant. The default is the start of the packet.</summary>
/// <param name="constant">Bytes from the base.</param>
/// <param name="from">Value that tells where the base is; -1 for the start of the packet.</param>
internal readonly struct PacketOffset(uint constant, int from = -1)
{
    // One more than the value, so that the default has none.
    private readonly int _base = from + 1;

    /// <summary>Bytes from the base.</summary>
    public uint Constant => constant;

    /// <summary>Value that tells where the base is; -1 for the start of the packet.</summary>
    public int Base => _base - 1;

    public static PacketOffset operator +(PacketOffset offset, uint bytes) => new(offset.Constant + bytes, offset.Base);
}
