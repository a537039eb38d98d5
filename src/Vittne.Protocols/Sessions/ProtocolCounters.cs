namespace Vittne.Protocols.Sessions;

/// <summary>What happened in the parsers of one worker.</summary>
public sealed class ProtocolCounters
{
    /// <summary>Flows whose protocol was recognised.</summary>
    public long Recognised { get; internal set; }

    /// <summary>Parsers that failed with an exception and were switched off for their flow: bugs.</summary>
    public long ParserExceptions { get; internal set; }

    /// <summary>Parsers that were given up because they waited for more than <see cref="ProtocolStream.MaxWaitingBytes"/>.</summary>
    public long StuckParsers { get; internal set; }

    /// <summary>Adds the counts of another worker.</summary>
    public void Add(ProtocolCounters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Recognised += other.Recognised;
        ParserExceptions += other.ParserExceptions;
        StuckParsers += other.StuckParsers;
    }
}
