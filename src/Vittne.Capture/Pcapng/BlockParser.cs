namespace Vittne.Capture.Pcapng;

/// <summary>Reads the blocks that hold no packet.</summary>
internal static class BlockParser
{
    /// <summary>Comments kept of one block.</summary>
    private const int MaxComments = 256;

    /// <summary>
    /// Byte-order magic, versions and section length of a Section Header Block, behind the 8 bytes that all blocks start with.
    /// </summary>
    private const int SectionHeaderLength = 16;

    private const int InterfaceHeaderLength = 8;
    private const int StatisticsHeaderLength = 12;
    private const ushort Ipv4Record = 1;
    private const ushort Ipv6Record = 2;
    private const ushort Eui48Record = 3;
    private const ushort Eui64Record = 4;

    /// <summary>A Section Header Block, section 4.1; its body is known to hold at least the fixed fields.</summary>
    public static CaptureSection Section(ReadOnlySpan<byte> body, bool isBigEndian)
    {
        var options = new OptionReader(body[SectionHeaderLength..], isBigEndian);
        string? hardware = null;
        string? system = null;
        string? application = null;
        List<string>? comments = null;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case OptionReader.Comment:
                    AddComment(ref comments, value);
                    break;
                case 2:
                    hardware = OptionReader.Text(value);
                    break;
                case 3:
                    system = OptionReader.Text(value);
                    break;
                case 4:
                    application = OptionReader.Text(value);
                    break;
                default:
                    break;
            }
        }

        return new CaptureSection
        {
            IsBigEndian = isBigEndian,
            MajorVersion = Wire.UInt16(body, 4, isBigEndian),
            MinorVersion = Wire.UInt16(body, 6, isBigEndian),
            Hardware = hardware,
            OperatingSystem = system,
            Application = application,
            Comments = comments ?? [],
        };
    }

    /// <summary>An Interface Description Block, section 4.2.</summary>
    /// <param name="body">The block without its frame.</param>
    /// <param name="isBigEndian">Byte order of the section.</param>
    /// <param name="keepsText">False leaves names and comments out, when there have been too many.</param>
    public static CaptureInterface? Interface(ReadOnlySpan<byte> body, bool isBigEndian, bool keepsText)
    {
        if (body.Length < InterfaceHeaderLength)
        {
            return null;
        }

        var options = new OptionReader(body[InterfaceHeaderLength..], isBigEndian);
        string? name = null;
        string? description = null;
        string? system = null;
        string? filter = null;
        byte resolution = 6;
        long offset = 0;
        int fcsLength = 0;
        List<string>? comments = null;
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            switch (code)
            {
                case OptionReader.Comment when keepsText:
                    AddComment(ref comments, value);
                    break;
                case 2 when keepsText:
                    name = OptionReader.Text(value);
                    break;
                case 3 when keepsText:
                    description = OptionReader.Text(value);
                    break;
                case 9 when value.Length == 1:
                    resolution = value[0];
                    break;
                case 11 when keepsText && value.Length > 1 && value[0] == 0:
                    filter = OptionReader.Text(value[1..]);
                    break;
                case 12 when keepsText:
                    system = OptionReader.Text(value);
                    break;
                case 13 when value.Length == 1:
                    fcsLength = value[0];
                    break;
                case 14 when value.Length == 8:
                    offset = (long)Wire.UInt64(value, 0, isBigEndian);
                    break;
                default:
                    break;
            }
        }

        return new CaptureInterface
        {
            LinkType = Wire.UInt16(body, 0, isBigEndian),
            SnapLength = Wire.UInt32(body, 4, isBigEndian),
            TimestampResolution = resolution,
            TimestampOffsetSeconds = offset,
            FcsLength = fcsLength,
            Name = name,
            Description = description,
            OperatingSystem = system,
            Filter = filter,
            Comments = comments ?? [],
        };
    }

    /// <summary>An Interface Statistics Block, section 4.6.</summary>
    public static InterfaceStatistics? Statistics(ReadOnlySpan<byte> body, bool isBigEndian, out uint interfaceIndex)
    {
        interfaceIndex = 0;
        if (body.Length < StatisticsHeaderLength)
        {
            return null;
        }

        interfaceIndex = Wire.UInt32(body, 0, isBigEndian);
        var options = new OptionReader(body[StatisticsHeaderLength..], isBigEndian);
        Span<ulong?> counters = new ulong?[5];
        while (options.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (code is >= 4 and <= 8)
            {
                counters[code - 4] = options.Counter(value);
            }
        }

        return new InterfaceStatistics(counters[0], counters[1], counters[2], counters[3], counters[4]);
    }

    /// <summary>A Decryption Secrets Block, section 4.7; secrets that are said to be longer than the block end with it.</summary>
    public static CaptureSecrets? Secrets(ReadOnlySpan<byte> body, bool isBigEndian)
    {
        if (body.Length < 8)
        {
            return null;
        }

        int length = (int)Math.Min(Wire.UInt32(body, 4, isBigEndian), body.Length - 8);
        return new CaptureSecrets(Wire.UInt32(body, 0, isBigEndian), body.Slice(8, length).ToArray());
    }

    /// <summary>A Name Resolution Block, section 4.5. A name without its terminating NUL is dropped.</summary>
    public static List<ResolvedName> Names(ReadOnlySpan<byte> body, bool isBigEndian)
    {
        var names = new List<ResolvedName>();
        var records = new OptionReader(body, isBigEndian);
        while (records.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            int addressLength = code switch
            {
                Ipv4Record => 4,
                Ipv6Record => 16,
                Eui48Record => 6,
                Eui64Record => 8,
                _ => int.MaxValue,
            };
            if (value.Length <= addressLength)
            {
                continue;
            }

            ReadOnlyMemory<byte> address = value[..addressLength].ToArray();
            ReadOnlySpan<byte> rest = value[addressLength..];
            for (int end = rest.IndexOf((byte)0); end >= 0; end = rest.IndexOf((byte)0))
            {
                if (end > 0)
                {
                    names.Add(new ResolvedName(address, OptionReader.Text(rest[..end])));
                }

                rest = rest[(end + 1)..];
            }
        }

        return names;
    }

    private static void AddComment(ref List<string>? comments, ReadOnlySpan<byte> value)
    {
        comments ??= [];
        if (comments.Count < MaxComments)
        {
            comments.Add(OptionReader.Text(value));
        }
    }
}
