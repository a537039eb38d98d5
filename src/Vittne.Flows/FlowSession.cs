using Vittne.Packets;

namespace Vittne.Flows;

/// <summary>What is kept for a flow beside its table entry once its payload is looked at.</summary>
public abstract class FlowSession
{
    /// <summary>The flow leaves the table. Not called when the session said before that it wants no more.</summary>
    /// <param name="at">The packet at which that was seen; it may be one of another flow.</param>
    public virtual void OnEnd(in PacketStamp at)
    {
    }
}
