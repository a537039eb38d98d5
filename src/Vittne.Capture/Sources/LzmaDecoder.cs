namespace Vittne.Capture.Sources;

/// <summary>
/// Decodes LZMA: a range coder whose bits have adaptive probabilities tells literals, and matches with what came before (LZMA SDK,
/// lzma-specification.txt). Works on whole chunks of LZMA2, which begin their range coder anew and end with a symbol.
/// </summary>
internal sealed class LzmaDecoder
{
    private const int StateCount = 12;
    private const int PositionStates = 16;
    private const int LengthToDistanceStates = 4;
    private const int SlotBits = 6;
    private const int AlignBits = 4;
    private const int FirstModelSlot = 4;
    private const int EndModelSlot = 14;
    private const int FullDistances = 1 << (EndModelSlot / 2);
    private const int ShortestMatch = 2;
    private const int LiteralStates = 7;
    private const int LiteralLength = 0x300;
    private const ushort Even = 1 << 10;

    private readonly ushort[] _isMatch = new ushort[StateCount * PositionStates];
    private readonly ushort[] _isRepeat = new ushort[StateCount];
    private readonly ushort[] _isRepeat0 = new ushort[StateCount];
    private readonly ushort[] _isRepeat0Long = new ushort[StateCount * PositionStates];
    private readonly ushort[] _isRepeat1 = new ushort[StateCount];
    private readonly ushort[] _isRepeat2 = new ushort[StateCount];
    private readonly ushort[] _slots = new ushort[LengthToDistanceStates << SlotBits];
    private readonly ushort[] _distances = new ushort[1 + FullDistances - EndModelSlot];
    private readonly ushort[] _align = new ushort[1 << AlignBits];
    private readonly LengthModel _matchLength = new();
    private readonly LengthModel _repeatLength = new();
    private ushort[] _literals = [];
    private int _literalContextBits;
    private int _literalPositionMask;
    private int _positionMask;
    private int _state;
    private uint _repeat0;
    private uint _repeat1;
    private uint _repeat2;
    private uint _repeat3;
    private LzmaRange _range;

    /// <summary>Sets lc, lp and pb.</summary>
    /// <param name="properties">The byte that holds them: (pb * 5 + lp) * 9 + lc.</param>
    /// <returns>False when LZMA2 does not allow them.</returns>
    public bool TrySetProperties(byte properties)
    {
        int contextBits = properties % 9;
        int positionBits = properties / 9 % 5;
        int pb = properties / 45;
        if (pb > 4 || contextBits + positionBits > 4)
        {
            return false;
        }

        (_literalContextBits, _literalPositionMask, _positionMask) = (contextBits, (1 << positionBits) - 1, (1 << pb) - 1);
        _literals = new ushort[LiteralLength << (contextBits + positionBits)];
        Reset();
        return true;
    }

    /// <summary>Forgets all probabilities and distances.</summary>
    public void Reset()
    {
        foreach (ushort[] model in (ushort[][])[_isMatch, _isRepeat, _isRepeat0, _isRepeat0Long, _isRepeat1, _isRepeat2, _slots, _distances, _align, _literals])
        {
            model.AsSpan().Fill(Even);
        }

        _matchLength.Reset(Even);
        _repeatLength.Reset(Even);
        _state = 0;
        _repeat0 = _repeat1 = _repeat2 = _repeat3 = 0;
    }

    /// <summary>Decodes a chunk.</summary>
    /// <param name="chunk">Its bytes, from 0.</param>
    /// <param name="chunkLength">How many they are.</param>
    /// <param name="window">What came before, and room for what comes.</param>
    /// <param name="start">Where the oldest byte that matches may name is.</param>
    /// <param name="position">Where the chunk's first byte goes.</param>
    /// <param name="end">Where its last byte ends.</param>
    /// <param name="total">Bytes decoded before since the dictionary was reset: some probabilities depend on it.</param>
    /// <returns>False when the chunk makes no sense.</returns>
    public bool TryDecode(byte[] chunk, int chunkLength, byte[] window, int start, int position, int end, long total)
    {
        if (!_range.TryBegin(chunk, chunkLength) || _literals.Length == 0)
        {
            return false;
        }

        int origin = position;
        while (position < end)
        {
            int positionState = (int)(total + position - origin) & _positionMask;
            if (_range.Bit(ref _isMatch[(_state * PositionStates) + positionState]) == 0)
            {
                if (_state >= LiteralStates && position - start <= _repeat0)
                {
                    return false;
                }

                DecodeLiteral(window, start, position++, total + position - 1 - origin);
                continue;
            }

            int length = _range.Bit(ref _isRepeat[_state]) == 0
                ? DecodeMatch(positionState)
                : DecodeRepeat(positionState);
            if (length > end - position || position - start <= _repeat0 || _range.IsBeyond)
            {
                return false;
            }

            int from = position - (int)_repeat0 - 1;
            for (int i = 0; i < length; i++)
            {
                window[position + i] = window[from + i];
            }

            position += length;
        }

        return !_range.IsBeyond;
    }

    private void DecodeLiteral(byte[] window, int start, int position, long total)
    {
        int before = position > start ? window[position - 1] : 0;
        int context = (((int)total & _literalPositionMask) << _literalContextBits) + (before >> (8 - _literalContextBits));
        Span<ushort> model = _literals.AsSpan(LiteralLength * context, LiteralLength);
        uint symbol = 1;
        if (_state >= LiteralStates)
        {
            uint match = window[position - (int)_repeat0 - 1];
            do
            {
                uint matchBit = (match >> 7) & 1;
                match <<= 1;
                uint bit = _range.Bit(ref model[(int)(((1 + matchBit) << 8) + symbol)]);
                symbol = (symbol << 1) | bit;
                if (bit != matchBit)
                {
                    break;
                }
            }
            while (symbol < 0x100);
        }

        while (symbol < 0x100)
        {
            symbol = (symbol << 1) | _range.Bit(ref model[(int)symbol]);
        }

        window[position] = (byte)symbol;
        _state = _state < 4 ? 0 : _state < 10 ? _state - 3 : _state - 6;
    }

    private int DecodeMatch(int positionState)
    {
        (_repeat3, _repeat2, _repeat1) = (_repeat2, _repeat1, _repeat0);
        int length = _matchLength.Decode(ref _range, positionState);
        _state = _state < LiteralStates ? 7 : 10;
        _repeat0 = DecodeDistance(Math.Min(length, LengthToDistanceStates - 1));
        return length + ShortestMatch;
    }

    private int DecodeRepeat(int positionState)
    {
        if (_range.Bit(ref _isRepeat0[_state]) == 0)
        {
            if (_range.Bit(ref _isRepeat0Long[(_state * PositionStates) + positionState]) == 0)
            {
                _state = _state < LiteralStates ? 9 : 11;
                return 1;
            }
        }
        else if (_range.Bit(ref _isRepeat1[_state]) == 0)
        {
            (_repeat1, _repeat0) = (_repeat0, _repeat1);
        }
        else if (_range.Bit(ref _isRepeat2[_state]) == 0)
        {
            (_repeat2, _repeat1, _repeat0) = (_repeat1, _repeat0, _repeat2);
        }
        else
        {
            (_repeat3, _repeat2, _repeat1, _repeat0) = (_repeat2, _repeat1, _repeat0, _repeat3);
        }

        _state = _state < LiteralStates ? 8 : 11;
        return _repeatLength.Decode(ref _range, positionState) + ShortestMatch;
    }

    private uint DecodeDistance(int lengthState)
    {
        uint slot = _range.Tree(_slots.AsSpan(lengthState << SlotBits, 1 << SlotBits), SlotBits);
        if (slot < FirstModelSlot)
        {
            return slot;
        }

        int bits = (int)(slot >> 1) - 1;
        uint distance = (2 | (slot & 1)) << bits;
        return slot < EndModelSlot
            ? distance + _range.ReverseTree(_distances.AsSpan((int)(distance - slot)), bits)
            : distance + (_range.Direct(bits - AlignBits) << AlignBits) + _range.ReverseTree(_align, AlignBits);
    }

    /// <summary>Lengths of matches: three ranges, the shorter ones by position.</summary>
    private sealed class LengthModel
    {
        private const int LowBits = 3;
        private const int HighBits = 8;

        private readonly ushort[] _choice = new ushort[2];
        private readonly ushort[] _low = new ushort[PositionStates << LowBits];
        private readonly ushort[] _middle = new ushort[PositionStates << LowBits];
        private readonly ushort[] _high = new ushort[1 << HighBits];

        public void Reset(ushort even)
        {
            _choice.AsSpan().Fill(even);
            _low.AsSpan().Fill(even);
            _middle.AsSpan().Fill(even);
            _high.AsSpan().Fill(even);
        }

        public int Decode(ref LzmaRange range, int positionState)
        {
            if (range.Bit(ref _choice[0]) == 0)
            {
                return (int)range.Tree(_low.AsSpan(positionState << LowBits, 1 << LowBits), LowBits);
            }

            return range.Bit(ref _choice[1]) == 0
                ? (1 << LowBits) + (int)range.Tree(_middle.AsSpan(positionState << LowBits, 1 << LowBits), LowBits)
                : (2 << LowBits) + (int)range.Tree(_high, HighBits);
        }
    }
}
