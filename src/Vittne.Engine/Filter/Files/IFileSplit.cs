using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>When a series of files goes on with the next one, and what that is called.</summary>
public interface IFileSplit
{
    /// <summary>Whether no further file is written: the run is over.</summary>
    bool IsOver { get; }

    /// <summary>Whether a packet is the first of the next file. Asked before each packet but the first of all.</summary>
    bool Begins(in OutputPacket packet, CaptureWriter current);

    /// <summary>The name of the next file.</summary>
    /// <param name="timestampNs">Time of its first packet, in nanoseconds since 1970.</param>
    string NextName(long timestampNs);
}
