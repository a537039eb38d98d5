namespace Vittne.Flows.Reassembly;

/// <summary>Bytes that wait behind gaps in the streams of one shard. A shard's share is fixed, so the number of workers changes nothing.</summary>
/// <param name="limit">Most bytes that may wait.</param>
internal sealed class ReorderBudget(long limit)
{
    /// <summary>Bytes that wait now.</summary>
    public long Held { get; set; }

    /// <summary>True when so many more bytes fit.</summary>
    public bool Fits(int more) => Held + more <= limit;
}
