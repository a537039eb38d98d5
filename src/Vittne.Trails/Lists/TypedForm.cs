namespace Vittne.Trails.Lists;

/// <summary>What may stand behind a <c>kind:</c> prefix.</summary>
internal enum TypedForm : byte
{
    /// <summary>Hex of a digest.</summary>
    Hash,

    /// <summary>A JA4 text.</summary>
    Ja4,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>Address, endpoint, network or range.</summary>
    Address,

    /// <summary>A name.</summary>
    Domain,

    /// <summary>URL, path or host with slash.</summary>
    Url,
}
