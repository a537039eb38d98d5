using System.Buffers.Binary;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// A packet that is changed while its checksums follow (RFC 1624, equation 3): what was right stays right, what was wrong stays wrong by
/// the same amount.
/// </summary>
internal sealed class ChecksummedBytes
{
    // An anonymised packet has at most as many as it has headers.
    private const int MaxRegions = 32;

    // Checksums around checksums: no more than headers around headers.
    private const int MaxDepth = 16;

    private readonly List<ChecksumRegion> _regions = [];
    private byte[] _bytes = new byte[2_048];

    /// <summary>Bytes of the packet.</summary>
    public int Length { get; private set; }

    /// <summary>The packet as it is now.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Begins with another packet.</summary>
    public void Start(ReadOnlySpan<byte> packet)
    {
        _regions.Clear();
        Length = packet.Length;
        _bytes = _bytes.Length < Length ? new byte[Length * 2] : _bytes;
        packet.CopyTo(_bytes);
    }

    /// <summary>Tells of a checksum. One that was not captured, or that is not in use, is left alone.</summary>
    public void Add(in ChecksumRegion region)
    {
        if (region.ChecksumAt + 2 <= Length && _regions.Count < MaxRegions
            && (!region.IsUdp || BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(region.ChecksumAt)) != 0))
        {
            _regions.Add(region);
        }
    }

    /// <summary>Changes bytes.</summary>
    public void Replace(int at, ReadOnlySpan<byte> value) => Replace(at, value, source: -1, depth: 0);

    private void Replace(int at, ReadOnlySpan<byte> value, int source, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        Span<byte> old = _bytes.AsSpan(at, value.Length);
        if (old.SequenceEqual(value))
        {
            return;
        }

        Span<ushort> updated = stackalloc ushort[MaxRegions];
        uint touched = 0;
        for (int i = 0; i < _regions.Count; i++)
        {
            ChecksumRegion region = _regions[i];
            if (i == source)
            {
                continue;
            }

            uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(region.ChecksumAt));
            bool isCovered = false;
            for (int k = 0; k < value.Length; k++)
            {
                int place = at + k;
                if (region.Covers(place, out bool isHigh) && place != region.ChecksumAt && place != region.ChecksumAt + 1)
                {
                    int shift = isHigh ? 8 : 0;
                    sum += (ushort)~(old[k] << shift) + ((uint)value[k] << shift);
                    isCovered = true;
                }
            }

            if (isCovered)
            {
                sum = (sum & 0xFFFF) + (sum >> 16);
                sum = (sum & 0xFFFF) + (sum >> 16);
                ushort checksum = (ushort)~sum;
                updated[i] = region.IsUdp && checksum == 0 ? ushort.MaxValue : checksum;
                touched |= 1u << i;
            }
        }

        value.CopyTo(old);
        Span<byte> bytes = stackalloc byte[2];
        for (int i = 0; i < _regions.Count; i++)
        {
            if ((touched & (1u << i)) != 0)
            {
                // The checksum lies in the regions around it, and counts there.
                BinaryPrimitives.WriteUInt16BigEndian(bytes, updated[i]);
                Replace(_regions[i].ChecksumAt, bytes, i, depth + 1);
            }
        }
    }
}
