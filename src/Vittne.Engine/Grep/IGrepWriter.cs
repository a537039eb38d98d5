namespace Vittne.Engine.Grep;

/// <summary>Takes what a search shows, in order.</summary>
public interface IGrepWriter
{
    /// <summary>Takes the next hit; it is valid during the call only.</summary>
    void Write(in GrepHit hit);

    /// <summary>Passes on what was taken.</summary>
    void Flush();
}
