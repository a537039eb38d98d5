namespace Vittne.Packets;

/// <summary>Which side of a flow sent something.</summary>
public enum Direction : byte
{
    /// <summary>From the originator (client) to the responder; <c>orig</c> in output.</summary>
    FromOriginator = 0,

    /// <summary>From the responder (server) to the originator; <c>resp</c> in output.</summary>
    FromResponder = 1,
}
