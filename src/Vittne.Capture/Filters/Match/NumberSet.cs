namespace Vittne.Capture.Filters.Match;

/// <summary>A set of numbers, for expressions with many ports or hosts.</summary>
internal sealed class NumberSet
{
    private readonly uint[] _table;
    private readonly int _shift;
    private readonly bool _hasZero;

    /// <summary>A set of these numbers.</summary>
    public NumberSet(IReadOnlyCollection<uint> numbers)
    {
        int bits = 2;
        while (1 << bits < numbers.Count * 2)
        {
            bits++;
        }

        _table = new uint[1 << bits];
        _shift = 32 - bits;
        foreach (uint number in numbers)
        {
            if (number == 0)
            {
                _hasZero = true;
                continue;
            }

            uint at = Place(number);
            while (_table[at] != 0 && _table[at] != number)
            {
                at = (at + 1) & (uint)(_table.Length - 1);
            }

            _table[at] = number;
        }
    }

    /// <summary>Whether a number is in it.</summary>
    public bool Contains(uint number)
    {
        if (number == 0)
        {
            return _hasZero;
        }

        uint[] table = _table;
        uint at = Place(number);
        while (true)
        {
            uint found = table[at & (uint)(table.Length - 1)];
            if (found == number || found == 0)
            {
                return found == number;
            }

            at++;
        }
    }

    private uint Place(uint number) => (number * 0x9e3779b1) >> _shift;
}
