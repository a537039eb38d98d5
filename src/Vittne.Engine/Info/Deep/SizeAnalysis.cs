using System.Globalization;

namespace Vittne.Engine.Info.Deep;

/// <summary>How long packets are, and how packets and bytes lie in time.</summary>
internal sealed class SizeAnalysis : DeepAnalysis
{
    private const int Slots = 1 << 15;
    private const int Parts = 100;

    private static readonly int[] Bounds = [20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120];

    private readonly long[] _sizes = new long[Bounds.Length + 1];
    private readonly long[] _packets = new long[Slots];
    private readonly long[] _bytes = new long[Slots];

    // Where in its slot the first packet lies: it decides the part that the slot goes to.
    private readonly long[] _earliest = new long[Slots];
    private bool _hasStarted;
    private long _startNs;
    private int _widthBits;
    private long _firstNs = long.MaxValue;
    private long _lastNs = long.MinValue;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        int length = packet.Reference.OriginalLength;
        int size = 0;
        while (size < Bounds.Length && length >= Bounds[size])
        {
            size++;
        }

        _sizes[size]++;
        long now = packet.Reference.TimestampNs;
        if (!_hasStarted)
        {
            _hasStarted = true;
            _startNs = now;
        }

        _firstNs = Math.Min(_firstNs, now);
        _lastNs = Math.Max(_lastNs, now);
        int slot = SlotOf(now);
        _earliest[slot] = _packets[slot] == 0 ? now : Math.Min(_earliest[slot], now);
        _packets[slot]++;
        _bytes[slot] += length;
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        report.Table("sizes", ["bytes", "packets"], _sizes.Select(static (count, i) => new object?[] { Range(i), count }));
        report.Table("time_line", ["from_ns", "packets", "bytes"], TimeLine());
    }

    private static string Range(int i) => i == Bounds.Length
        ? string.Create(CultureInfo.InvariantCulture, $"{Bounds[^1]}+")
        : string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 0 : Bounds[i - 1])}-{Bounds[i] - 1}");

    /// <summary>The hundred parts, each with its offset from the first packet; empty for a capture without duration.</summary>
    private List<object?[]> TimeLine()
    {
        var rows = new List<object?[]>();
        Int128 duration = (Int128)_lastNs - _firstNs;
        if (!_hasStarted || duration <= 0)
        {
            return rows;
        }

        Span<long> packets = stackalloc long[Parts];
        Span<long> bytes = stackalloc long[Parts];
        for (int slot = 0; slot < Slots; slot++)
        {
            if (_packets[slot] > 0)
            {
                int part = (int)Int128.Min(Parts - 1, ((Int128)_earliest[slot] - _firstNs) * Parts / duration);
                packets[part] += _packets[slot];
                bytes[part] += _bytes[slot];
            }
        }

        for (int part = 0; part < Parts; part++)
        {
            rows.Add([(long)Int128.Min(duration * part / Parts, long.MaxValue), packets[part], bytes[part]]);
        }

        return rows;
    }

    /// <summary>
    /// The slot of a time. Slots are as fine as the span that was seen allows: when it grows, two become one. Times before the first packet
    /// move the start.
    /// </summary>
    private int SlotOf(long now)
    {
        while ((Int128)now - _startNs >= (Int128)Slots << _widthBits)
        {
            Halve(offset: 0);
        }

        while (now < _startNs)
        {
            // Grows to the left: the old slots become the right half.
            _startNs = (long)Int128.Max(long.MinValue, _startNs - ((Int128)Slots << _widthBits));
            Halve(offset: Slots / 2);
        }

        return (int)Int128.Min(Slots - 1, ((Int128)now - _startNs) >> _widthBits);
    }

    private void Halve(int offset)
    {
        for (int slot = 0; slot < Slots / 2; slot++)
        {
            int left = 2 * slot;
            int right = left + 1;
            _earliest[slot] = _packets[left] == 0 ? _earliest[right]
                : _packets[right] == 0 ? _earliest[left]
                : Math.Min(_earliest[left], _earliest[right]);
            _packets[slot] = _packets[left] + _packets[right];
            _bytes[slot] = _bytes[left] + _bytes[right];
        }

        foreach (long[] amounts in new[] { _packets, _bytes, _earliest })
        {
            Array.Clear(amounts, Slots / 2, Slots / 2);
            if (offset > 0)
            {
                Array.Copy(amounts, 0, amounts, offset, Slots / 2);
                Array.Clear(amounts, 0, offset);
            }
        }

        _widthBits++;
    }
}
