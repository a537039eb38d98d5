using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>Gathers the CRYPTO frames of one side: any order, any overlap, at most 64 KiB.</summary>
internal sealed class CryptoStream
{
    /// <summary>Most bytes that are gathered.</summary>
    public const int MaxLength = 64 << 10;

    private readonly FragmentRanges _ranges = new();
    private byte[] _bytes = [];
    private int _taken;

    /// <summary>Adds the data of a frame; what lies beyond the limit is dropped.</summary>
    public void Add(ulong offset, ReadOnlySpan<byte> data)
    {
        if (offset > MaxLength || (int)offset + data.Length > MaxLength)
        {
            return;
        }

        int end = (int)offset + data.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, Math.Min(MaxLength, 2 * _bytes.Length)));
        }

        _ranges.Add(_bytes, (int)offset, data);
    }

    /// <summary>Takes the next handshake message that is whole.</summary>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> there = _bytes.AsSpan(_taken, _ranges.ContiguousLength - _taken);
        message = default;
        if (there.Length < HelloReader.HeaderLength)
        {
            return false;
        }

        int total = HelloReader.HeaderLength + HelloReader.UInt24(there[1..]);
        if (total > there.Length)
        {
            return false;
        }

        message = there[..total];
        _taken += total;
        return true;
    }
}
