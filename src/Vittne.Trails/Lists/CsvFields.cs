namespace Vittne.Trails.Lists;

/// <summary>The fields of one CSV row with the quoting of RFC 4180 section 2. A row ends with its line.</summary>
internal sealed class CsvFields
{
    private const int MostFields = 256;

    private readonly int[] _ends = new int[MostFields];
    private byte[] _bytes = new byte[1024];

    /// <summary>How many fields the row has.</summary>
    public int Count { get; private set; }

    /// <summary>One field, unquoted.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            int start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>Splits a row; false when a quote is never closed or there are more than 256 fields.</summary>
    public bool TrySplit(ReadOnlySpan<byte> row)
    {
        Count = 0;
        if (_bytes.Length < row.Length)
        {
            _bytes = new byte[row.Length * 2];
        }

        int to = 0;
        int at = 0;
        while (true)
        {
            if (at < row.Length && row[at] == '"')
            {
                if (!TryQuoted(row, ref at, ref to))
                {
                    return false;
                }
            }

            int comma = row[at..].IndexOf((byte)',');
            int end = comma < 0 ? row.Length : at + comma;
            row[at..end].CopyTo(_bytes.AsSpan(to));
            to += end - at;
            if (Count == MostFields)
            {
                return false;
            }

            _ends[Count++] = to;
            if (comma < 0)
            {
                return true;
            }

            at = end + 1;
        }
    }

    private bool TryQuoted(ReadOnlySpan<byte> row, ref int at, ref int to)
    {
        at++;
        while (at < row.Length)
        {
            if (row[at] != '"')
            {
                _bytes[to++] = row[at++];
            }
            else if (at + 1 < row.Length && row[at + 1] == '"')
            {
                _bytes[to++] = (byte)'"';
                at += 2;
            }
            else
            {
                at++;
                return true;
            }
        }

        return false;
    }
}
