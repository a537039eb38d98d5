namespace Vittne.Trails;

/// <summary>Why an indicator of a list did not become a trail. Stored in index files: append only.</summary>
public enum DropRule : byte
{
    /// <summary>It did.</summary>
    None = 0,

    /// <summary>A whitelist holds it.</summary>
    Whitelisted = 1,

    /// <summary>It begins with <c>127.</c>, <c>192.168.</c> or <c>localhost</c>.</summary>
    Local = 2,

    /// <summary>Its address is never on the Internet.</summary>
    Bogon = 3,

    /// <summary>Its address belongs to a content delivery network, which many share.</summary>
    ContentDelivery = 4,

    /// <summary>A network shorter than /8 (IPv6: /16).</summary>
    TooWide = 5,

    /// <summary>An address that too few feeds tell.</summary>
    FewFeeds = 6,

    /// <summary>A single word that only feeds tell: nearly always a slip of theirs.</summary>
    SingleWord = 7,
}
