namespace Vittne.Protocols.Http;

/// <summary>Takes one body as it comes, chunked coding undone.</summary>
public abstract class HttpBodyTarget : HttpContentTarget
{
    /// <summary>True when content codings (gzip, deflate, br) are undone before bytes are taken.</summary>
    public abstract bool IsDecoded { get; }

    /// <summary>Bytes are missing in the capture; not called where a content coding is undone, which ends there.</summary>
    public abstract void Skip(long length);

    /// <summary>Nothing more comes.</summary>
    /// <param name="isComplete">True when the body ended as it should, none of it is missing and its coding could be undone.</param>
    public abstract void End(bool isComplete);
}
