using Vittne.Protocols.Http;

namespace Vittne.Engine.Streams;

/// <summary>The file of a body that a stream carried.</summary>
/// <param name="bytes">Its bytes.</param>
/// <param name="type">Media type as the head tells it, may be empty; hostile text.</param>
/// <param name="encoding">Content coding likewise.</param>
/// <param name="isDecoded">True when the content coding is undone.</param>
internal sealed class BodyFile(StreamBytes bytes, string type, string encoding, bool isDecoded) : HttpBodyTarget
{
    /// <summary>Its bytes.</summary>
    public StreamBytes Bytes => bytes;

    /// <summary>Media type as the head tells it.</summary>
    public string Type => type;

    /// <summary>Content coding as the head tells it.</summary>
    public string Encoding => encoding;

    /// <summary>True when all of it is there.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>SHA-256 of the file once it is complete; empty when that is not asked for.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Writes what is not written. The name must be there.</summary>
    public void Complete(bool isHashed)
    {
        Sha256 = isHashed ? bytes.Sha256() : "";
        bytes.Complete();
    }

    /// <inheritdoc/>
    public override bool IsDecoded => isDecoded;

    /// <inheritdoc/>
    public override void Take(ReadOnlySpan<byte> content) => bytes.Append(content);

    /// <inheritdoc/>
    public override void Skip(long length) => bytes.AppendHole(length);

    /// <inheritdoc/>
    public override void End(bool isComplete)
    {
        IsComplete = isComplete;
        bytes.Flush();
    }
}
