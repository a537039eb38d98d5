using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>An interface of a pcapng file that is written.</summary>
internal sealed class OutputInterface(CaptureInterface source)
{
    private const ushort Name = 2;
    private const ushort Description = 3;
    private const ushort ResolutionOption = 9;
    private const ushort Filter = 11;
    private const ushort FcsLengthOption = 13;
    private const ushort OffsetOption = 14;
    private const byte Microseconds = 6;
    private const byte Nanoseconds = 9;

    /// <summary>Its clock.</summary>
    public OutputClock Clock { get; } = new(source);

    /// <summary>Whether nothing tells it from another one: pcap files have interfaces without names.</summary>
    public bool IsSame(CaptureInterface other) =>
        ReferenceEquals(source, other)
        || (source.RawOptions.IsEmpty && other.RawOptions.IsEmpty && source.Name == other.Name && source.LinkType == other.LinkType
            && source.SnapLength == other.SnapLength && source.TimestampResolution == other.TimestampResolution
            && source.FcsLength == other.FcsLength && source.TimestampOffsetSeconds == other.TimestampOffsetSeconds);

    /// <summary>Fills its Interface Description Block (section 4.2), all but the end.</summary>
    public void Write(BlockWriter block, bool isBigEndian, bool isBare)
    {
        block.Begin((uint)BlockType.InterfaceDescription);
        block.Add(CaptureLinkTypes.Written(source.LinkType));
        block.Add((ushort)0);
        block.Add(source.SnapLength);
        if (!source.RawOptions.IsEmpty && !isBare)
        {
            ReadOnlySpan<ushort> without = Clock.IsKept ? [] : [ResolutionOption, OffsetOption];
            block.AddOptions(source.RawOptions.Span, isBigEndian, BlockType.InterfaceDescription, without);
            if (!Clock.IsKept)
            {
                block.AddOption(ResolutionOption, [Nanoseconds]);
            }

            return;
        }

        AddText(block, Name, source.Name, isBare);
        AddText(block, Description, source.Description, isBare);
        byte resolution = Clock.IsKept ? source.TimestampResolution : Nanoseconds;
        if (resolution != Microseconds)
        {
            block.AddOption(ResolutionOption, [resolution]);
        }

        if (source.Filter is { } filter && !isBare)
        {
            block.AddOption(Filter, [0, .. System.Text.Encoding.UTF8.GetBytes(filter)]);
        }

        if (source.FcsLength > 0)
        {
            block.AddOption(FcsLengthOption, [(byte)source.FcsLength]);
        }

        if (Clock.IsKept && source.TimestampOffsetSeconds != 0)
        {
            block.AddOption(OffsetOption, (ulong)source.TimestampOffsetSeconds);
        }
    }

    private static void AddText(BlockWriter block, ushort code, string? text, bool isBare)
    {
        if (text is not null && !isBare)
        {
            block.AddOption(code, System.Text.Encoding.UTF8.GetBytes(text));
        }
    }
}
