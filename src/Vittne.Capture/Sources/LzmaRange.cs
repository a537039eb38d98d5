using System.Buffers.Binary;

namespace Vittne.Capture.Sources;

/// <summary>The range decoder of LZMA over one chunk. Behind its end it reads zeros and says so.</summary>
internal struct LzmaRange
{
    private const int ModelBits = 11;
    private const int MoveBits = 5;
    private const uint Top = 1 << 24;
    private const int HeaderLength = 5;

    private byte[] _data;
    private int _length;
    private int _at;
    private uint _range;
    private uint _code;

    /// <summary>True when more was read than there is.</summary>
    public bool IsBeyond { get; private set; }

    /// <summary>Begins with a chunk.</summary>
    public bool TryBegin(byte[] data, int length)
    {
        (_data, _length, _at, _range, IsBeyond) = (data, length, HeaderLength, uint.MaxValue, false);
        if (length < HeaderLength || data[0] != 0)
        {
            return false;
        }

        _code = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(1));
        return true;
    }

    /// <summary>A bit with an adaptive probability.</summary>
    public uint Bit(ref ushort probability)
    {
        if (_range < Top)
        {
            _range <<= 8;
            _code = (_code << 8) | Next();
        }

        uint bound = (_range >> ModelBits) * probability;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)(((1 << ModelBits) - probability) >> MoveBits);
            return 0;
        }

        _range -= bound;
        _code -= bound;
        probability -= (ushort)(probability >> MoveBits);
        return 1;
    }

    /// <summary>Bits that are as likely as not.</summary>
    public uint Direct(int bits)
    {
        uint value = 0;
        for (; bits > 0; bits--)
        {
            if (_range < Top)
            {
                _range <<= 8;
                _code = (_code << 8) | Next();
            }

            _range >>= 1;
            uint bit = _code >= _range ? 1u : 0;
            _code -= bit * _range;
            value = (value << 1) | bit;
        }

        return value;
    }

    /// <summary>A number whose bits form a tree, highest first.</summary>
    public uint Tree(Span<ushort> model, int bits)
    {
        uint symbol = 1;
        for (int i = 0; i < bits; i++)
        {
            symbol = (symbol << 1) | Bit(ref model[(int)symbol]);
        }

        return symbol - (1u << bits);
    }

    /// <summary>A number whose bits form a tree, lowest first.</summary>
    public uint ReverseTree(Span<ushort> model, int bits)
    {
        uint symbol = 1;
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            uint bit = Bit(ref model[(int)symbol]);
            symbol = (symbol << 1) | bit;
            value |= bit << i;
        }

        return value;
    }

    private uint Next()
    {
        if (_at < _length)
        {
            return _data[_at++];
        }

        IsBeyond = true;
        return 0;
    }
}
