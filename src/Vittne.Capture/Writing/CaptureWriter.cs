using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>Writes packets into one capture file. Not safe for more than one thread.</summary>
/// <param name="output">Where the bytes go; owned by the writer.</param>
public abstract class CaptureWriter(CaptureOutput output) : IDisposable
{
    /// <summary>Packets written.</summary>
    public long Packets { get; private protected set; }

    /// <summary>Bytes written so far, before compression; headers included.</summary>
    public long Length => Output.Length;

    /// <summary>The file as the user named it.</summary>
    public string Path => Output.Name;

    /// <summary>Where the bytes go.</summary>
    private protected CaptureOutput Output { get; } = output;

    /// <summary>Appends a packet.</summary>
    /// <exception cref="IOException">The output failed; <see cref="CaptureOutput.Rescue"/> keeps what is good.</exception>
    public abstract void Write(in OutputPacket packet);

    /// <summary>Appends a pcapng block without a packet; formats that have none take no notice.</summary>
    public virtual void WriteBlock(CaptureSection section, in CaptureBlock block)
    {
    }

    /// <summary>Hands on what waits in the buffer.</summary>
    public void Flush() => Output.Flush();

    /// <summary>Hands on what waits, through compression too.</summary>
    public void FlushThrough() => Output.FlushThrough();

    /// <summary>Hands on what waits and gives the buffer away until it is wanted again.</summary>
    public void Empty() => Output.Empty();

    /// <summary>Ends the file and gives it its name.</summary>
    public void Complete() => Output.Complete();

    /// <summary>Keeps what was written whole before the output failed, under its name.</summary>
    public void Rescue() => Output.Rescue();

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        GC.SuppressFinalize(this);
    }
}
