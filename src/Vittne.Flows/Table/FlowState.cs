namespace Vittne.Flows.Table;

/// <summary>What a flow has shown so far.</summary>
[Flags]
public enum FlowState : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The originator sent a packet.</summary>
    SeenOriginator = 1,

    /// <summary>The responder sent a packet.</summary>
    SeenResponder = 2,

    /// <summary>SYN of the originator; its initial sequence number is known.</summary>
    SynOriginator = 4,

    /// <summary>SYN of the responder; its initial sequence number is known.</summary>
    SynResponder = 8,

    /// <summary>FIN of the originator.</summary>
    FinOriginator = 16,

    /// <summary>FIN of the responder.</summary>
    FinResponder = 32,

    /// <summary>RST of either side.</summary>
    Reset = 64,

    /// <summary>Payload of either side.</summary>
    HasData = 128,

    /// <summary>Roles were guessed from ports: a SYN may still turn them.</summary>
    RolesGuessed = 256,

    /// <summary>Payload was looked at and nobody wants more of it, whatever comes.</summary>
    Done = 512,

    /// <summary>No protocol recognised the payload: only packets that begin like a message are looked at.</summary>
    Unrecognised = 1024,

    /// <summary>RST of the originator, who has sent nothing since.</summary>
    ResetByOriginator = 2048,

    /// <summary>RST of the responder, who has sent nothing since.</summary>
    ResetByResponder = 4096,

    /// <summary>A side went on behind its own RST; not told yet.</summary>
    ResetIgnored = 8192,
}
