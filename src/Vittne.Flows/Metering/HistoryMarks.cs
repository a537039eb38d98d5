namespace Vittne.Flows.Metering;

/// <summary>Letters of the history that a side has shown.</summary>
[Flags]
internal enum HistoryMarks : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A SYN, with or without ACK.</summary>
    Syn = 1,

    /// <summary>FIN.</summary>
    Fin = 2,

    /// <summary>RST.</summary>
    Reset = 4,

    /// <summary>Payload.</summary>
    Data = 8,

    /// <summary>Pure ACK.</summary>
    Ack = 16,

    /// <summary>FIN with RST.</summary>
    Inconsistent = 32,

    /// <summary>SYN with FIN or RST.</summary>
    Multiple = 64,
}
