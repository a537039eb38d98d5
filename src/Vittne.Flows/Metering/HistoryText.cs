using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>The first letters of a flow's history; what is beyond lies in its <see cref="FlowNotes"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct HistoryText
{
    /// <summary>Letters that fit here.</summary>
    public const int Capacity = 15;

    /// <summary>Letters of a history at most.</summary>
    public const int MaxLength = 1000;

    private Letters _letters;
    private byte _length;

    /// <summary>Letters so far, those elsewhere not counted.</summary>
    public readonly int Length => _length;

    /// <summary>The letters.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_letters)[.._length];

    /// <summary>Adds a letter; false when there is no room.</summary>
    public bool TryAdd(byte letter)
    {
        if (_length == Capacity)
        {
            return false;
        }

        _letters[_length++] = letter;
        return true;
    }

    [InlineArray(Capacity)]
    private struct Letters
    {
        private byte _first;
    }
}
