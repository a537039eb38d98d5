using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Changes packets that were selected, or leaves them out, one after another in the order of the output.</summary>
internal abstract class PacketEditor
{
    /// <summary>Why the run cannot go on, as the rest of a sentence about the packet; null while it can.</summary>
    public string? Problem { get; protected set; }

    /// <summary>Changes a packet. False when it is left out.</summary>
    public abstract bool Edit(ref OutputPacket packet);
}
