using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Leaves out packets that have the same bytes as one shortly before; the first one stays.</summary>
internal sealed class DuplicateFilter(DuplicateOptions options) : PacketEditor
{
    /// <summary>Where a packet was seen last.</summary>
    private readonly record struct Place(long Ordinal, long TimestampNs);

    // The seed is secret, so that nobody can make two packets whose hashes are equal.
    private readonly long _seed = MemoryMarshal.Read<long>(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly Dictionary<(UInt128 Hash, int Length), Place> _places = [];
    private readonly Queue<(UInt128 Hash, int Length)> _order = new();
    private readonly int _window = options.WindowNs is null ? options.Packets : DuplicateOptions.MaxPackets;
    private readonly CopyMask? _mask = options.Ignored == DuplicateFields.None ? null : new CopyMask(options.Ignored);
    private long _ordinal;

    /// <summary>Packets left out.</summary>
    public long Dropped { get; private set; }

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        ReadOnlySpan<byte> data = packet.Data;
        int length = data.Length;
        if (_mask is not null)
        {
            data = _mask.Apply(packet);
            length = data.Length;
        }

        data = data.Length > options.Skip ? data[options.Skip..] : data;
        (UInt128 Hash, int Length) key = (XxHash128.HashToUInt128(data, _seed), length);
        long now = packet.TimestampNs;
        _ordinal++;
        ref Place place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out bool isKnown);
        bool isCopy = isKnown && _ordinal - place.Ordinal < _window
            && (options.WindowNs is not { } window || (now - place.TimestampNs is var apart && apart >= 0 && apart <= window));
        place = new Place(_ordinal, now);
        _order.Enqueue(key);
        if (_order.Count > _window)
        {
            (UInt128 Hash, int Length) oldest = _order.Dequeue();
            if (_places.TryGetValue(oldest, out Place last) && last.Ordinal <= _ordinal - _window)
            {
                _places.Remove(oldest);
            }
        }

        Dropped += isCopy ? 1 : 0;
        return !isCopy;
    }
}
