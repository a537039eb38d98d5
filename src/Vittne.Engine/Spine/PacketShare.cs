using Vittne.Capture;

namespace Vittne.Engine.Spine;

/// <summary>
/// Which packets of a batch belong to one worker. Listed by the thread that decoded them, so that a worker on another processor need not
/// fetch what is not its own.
/// </summary>
internal sealed class PacketShare
{
    private readonly ushort[] _indexes = new ushort[PacketBatch.Capacity];
    private int _count;

    /// <summary>Their places in the batch, in order.</summary>
    public ReadOnlySpan<ushort> Indexes => _indexes.AsSpan(0, _count);

    /// <summary>Empties the list.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds the next packet.</summary>
    public void Add(int index) => _indexes[_count++] = (ushort)index;

    /// <summary>Adds the next packet unless it was the last one added.</summary>
    public void AddOnce(int index)
    {
        if (_count == 0 || _indexes[_count - 1] != index)
        {
            Add(index);
        }
    }
}
