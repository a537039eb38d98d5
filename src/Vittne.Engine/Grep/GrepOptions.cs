using Vittne.Protocols.Patterns;

namespace Vittne.Engine.Grep;

/// <summary>What is searched for, and which packets are shown.</summary>
public sealed record GrepOptions
{
    /// <summary>What payloads are searched for.</summary>
    public required BytePatternList Patterns { get; init; }

    /// <summary>Shows packets with payload that do not match.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Shows packets without payload too, whatever is searched for.</summary>
    public bool ShowsEmpty { get; init; }

    /// <summary>Ends after so many matches, shown or not; 0 for no end.</summary>
    public long MaxMatches { get; init; }

    /// <summary>Packets after a match that are shown as well; a match within them begins the count anew.</summary>
    public int After { get; init; }

    /// <summary>Packets before a match that are shown as well.</summary>
    public int Before { get; init; }

    /// <summary>Bytes of each payload that are searched and shown.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Searches datagrams whose fragments do not match one by one as a whole when they are complete.</summary>
    public bool JoinsFragments { get; init; } = true;

    /// <summary>Shows the first match of each flow only.</summary>
    public bool FirstOfFlow { get; init; }

    /// <summary>Bytes around a match that are told with it, where streams or messages are searched.</summary>
    public int Around { get; init; } = 64;

    /// <summary>Where streams are searched: the messages that parsers make of them instead of their bytes.</summary>
    public bool DecodesMessages { get; init; }

    /// <summary>Whether the place of the match is wanted by whoever takes the hits.</summary>
    public bool LocatesMatches { get; init; }
}
