using System.Buffers;

namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>One byte out of a set.</summary>
internal sealed class SetScan : FactorScan
{
    private readonly SearchValues<byte> _values;

    public SetScan(ByteSet set)
    {
        List<byte> values = [];
        for (int value = 0; value < 256; value++)
        {
            if (set.Contains(value))
            {
                values.Add((byte)value);
            }
        }

        _values = SearchValues.Create([.. values]);
    }

    /// <inheritdoc/>
    public override int IndexOf(ReadOnlySpan<byte> text) => text.IndexOfAny(_values);
}
