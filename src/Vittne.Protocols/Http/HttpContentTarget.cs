namespace Vittne.Protocols.Http;

/// <summary>Takes content piece by piece.</summary>
public abstract class HttpContentTarget
{
    /// <summary>Takes the next bytes.</summary>
    public abstract void Take(ReadOnlySpan<byte> content);
}
