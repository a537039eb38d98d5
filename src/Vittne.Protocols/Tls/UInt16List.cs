using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>A list of 16-bit numbers as it stands on the wire, high byte first. An odd last byte is not part of it.</summary>
/// <param name="bytes">The elements, without the length before them.</param>
public readonly ref struct UInt16List(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Number of elements.</summary>
    public int Count => _bytes.Length / sizeof(ushort);

    /// <summary>The element at a place from 0.</summary>
    public ushort this[int index] => BinaryPrimitives.ReadUInt16BigEndian(_bytes[(index * sizeof(ushort))..]);

    /// <summary>Whether the list holds a value.</summary>
    public bool Contains(ushort value)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i] == value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Walks the elements.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the elements.</summary>
    public ref struct Enumerator
    {
        private readonly UInt16List _list;
        private int _index;

        internal Enumerator(UInt16List list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The element.</summary>
        public readonly ushort Current => _list[_index];

        /// <summary>Moves to the next element.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
