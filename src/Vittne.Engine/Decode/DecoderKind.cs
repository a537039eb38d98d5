namespace Vittne.Engine.Decode;

/// <summary>What a decoder is.</summary>
public enum DecoderKind
{
    /// <summary>Tells what a protocol said, one record a message or transaction.</summary>
    Record,

    /// <summary>Tells what follows from it.</summary>
    Analysis,
}
