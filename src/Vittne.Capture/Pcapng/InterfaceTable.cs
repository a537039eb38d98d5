namespace Vittne.Capture.Pcapng;

/// <summary>What each packet needs to know about its interface, in a flat table beside the descriptions for people.</summary>
internal sealed class InterfaceTable
{
    private Row[] _rows = new Row[4];

    /// <summary>Interfaces of the section so far.</summary>
    public int Count { get; private set; }

    /// <summary>The facts about one interface.</summary>
    public ref readonly Row this[int index] => ref _rows[index];

    /// <summary>A new section begins.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends an interface.</summary>
    public void Add(CaptureInterface added)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        _rows[Count++] = new Row(
            added.LinkType, added.SnapLength, added.FcsLength, new TimestampClock(added.TimestampResolution, added.TimestampOffsetSeconds));
    }

    /// <summary>One interface.</summary>
    public readonly record struct Row(ushort LinkType, uint SnapLength, int FcsLength, TimestampClock Clock);
}
