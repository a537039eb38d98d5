namespace Vittne.Engine.Flows.Reading;

/// <summary>What an input holds.</summary>
public enum FlowInputKind
{
    /// <summary>Packets, or nothing that is known as records.</summary>
    Capture,

    /// <summary>Our own records, a JSON object a line.</summary>
    Json,

    /// <summary>Our own records, comma-separated.</summary>
    Csv,

    /// <summary>Our own records, tab-separated.</summary>
    Tsv,

    /// <summary>Zeek's ASCII log.</summary>
    Zeek,

    /// <summary>Zeek's log as JSON.</summary>
    ZeekJson,

    /// <summary>Suricata's EVE log.</summary>
    Eve,

    /// <summary>nfdump's CSV.</summary>
    Nfdump,

    /// <summary>Text of <c>ra</c>.</summary>
    Argus,

    /// <summary>IPFIX or NetFlow version 9 messages.</summary>
    Export,
}
