namespace Vittne.Protocols.Crypto;

/// <summary>A running digest by one of our own compression functions.</summary>
internal sealed class BlockDigest<THash> : RunningDigest
    where THash : IBlockHash
{
    private readonly uint[] _state = THash.Start.ToArray();
    private readonly byte[] _rest = new byte[BlockHash.BlockLength];
    private int _restLength;
    private ulong _length;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_restLength > 0)
        {
            int taken = Math.Min(data.Length, _rest.Length - _restLength);
            data[..taken].CopyTo(_rest.AsSpan(_restLength));
            _restLength += taken;
            data = data[taken..];
            if (_restLength < _rest.Length)
            {
                return;
            }

            THash.Compress(_state, _rest);
        }

        ReadOnlySpan<byte> rest = BlockHash.Absorb<THash>(_state, data);
        rest.CopyTo(_rest);
        _restLength = rest.Length;
    }

    /// <inheritdoc/>
    public override string FinishHex()
    {
        Span<byte> digest = stackalloc byte[_state.Length * sizeof(uint)];
        BlockHash.Finish<THash>(_state, _rest.AsSpan(0, _restLength), _length, digest);
        return Convert.ToHexStringLower(digest);
    }
}
