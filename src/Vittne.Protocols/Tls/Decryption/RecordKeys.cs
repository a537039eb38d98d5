namespace Vittne.Protocols.Tls.Decryption;

/// <summary>Opens the records of one direction in their order, with one set of keys.</summary>
internal abstract class RecordKeys
{
    /// <summary>Number of the next record under these keys (RFC 8446 section 5.3).</summary>
    protected ulong Sequence { get; private set; }

    /// <summary>Opens the next record.</summary>
    /// <param name="record">The record with its header.</param>
    /// <param name="plain">Takes the content; as long as the record.</param>
    /// <param name="type">Content type, the true one.</param>
    /// <param name="length">Length of the content.</param>
    /// <returns>False when the keys do not open it; then the next one is tried as if it had not been there.</returns>
    public bool TryOpen(ReadOnlySpan<byte> record, Span<byte> plain, out byte type, out int length)
    {
        type = record[0];
        if (!TryOpenBody(record[..RecordHeader.Length], record[RecordHeader.Length..], plain, ref type, out length))
        {
            return false;
        }

        Sequence++;
        return true;
    }

    /// <summary>Goes over to the keys behind these (RFC 8446 section 7.2); false where there are none.</summary>
    public virtual bool TryUpdate() => false;

    /// <summary>Numbers records from 0 again.</summary>
    protected void Restart() => Sequence = 0;

    /// <summary>Opens the body of a record.</summary>
    protected abstract bool TryOpenBody(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, Span<byte> plain, ref byte type, out int length);
}
