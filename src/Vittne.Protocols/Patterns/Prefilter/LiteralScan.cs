namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>One text.</summary>
internal sealed class LiteralScan(byte[] literal) : FactorScan
{
    /// <inheritdoc/>
    public override int IndexOf(ReadOnlySpan<byte> text) => text.IndexOf(literal);
}
