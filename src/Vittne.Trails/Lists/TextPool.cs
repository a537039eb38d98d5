using System.IO.Hashing;
using System.Text;

namespace Vittne.Trails.Lists;

/// <summary>Texts without doubles, numbered in the order in which they first came.</summary>
internal sealed class TextPool
{
    private int[] _slots = new int[64];
    private int[] _ends = new int[32];
    private byte[] _bytes = new byte[1024];

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>All texts behind each other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count == 0 ? 0 : _ends[Count - 1]);

    /// <summary>Bytes of one text.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            int start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>End of a text within <see cref="Bytes"/>.</summary>
    public int EndOf(int number) => _ends[number];

    /// <summary>Number of a text, which is added when it is new.</summary>
    public int Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Number of a text, which is added when it is new.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)XxHash3.HashToUInt64(text) & mask;
        while (_slots[slot] != 0)
        {
            if (this[_slots[slot] - 1].SequenceEqual(text))
            {
                return _slots[slot] - 1;
            }

            slot = (slot + 1) & mask;
        }

        Append(text);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>True when the text is there.</summary>
    public bool Contains(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)XxHash3.HashToUInt64(text) & mask;
        while (_slots[slot] != 0)
        {
            if (this[_slots[slot] - 1].SequenceEqual(text))
            {
                return true;
            }

            slot = (slot + 1) & mask;
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + text.Length));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        text.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = start + text.Length;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int i = 0; i < Count; i++)
        {
            int slot = (int)XxHash3.HashToUInt64(this[i]) & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i + 1;
        }
    }
}
