namespace Vittne.Protocols.Http;

/// <summary>Coded bytes for an inflater. It tells a cut body from a whole one: the inflater, which says nothing, asked for more than there is.</summary>
/// <param name="bytes">Holds the bytes, from its start; not written to while this is read.</param>
/// <param name="length">How many there are.</param>
internal sealed class HttpCodedSource(byte[] bytes, int length) : MemoryStream(bytes, 0, length, writable: false)
{
    /// <summary>True when more was asked for than there is.</summary>
    public bool IsExhausted { get; private set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        IsExhausted |= read == 0 && count > 0;
        return read;
    }
}
