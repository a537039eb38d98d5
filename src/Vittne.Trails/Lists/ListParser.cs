using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using Vittne.Trails.Feeds;
using Vittne.Trails.Imports;

namespace Vittne.Trails.Lists;

/// <summary>Reads a list of any format.</summary>
internal static class ListParser
{
    /// <summary>Reads the bytes of a list.</summary>
    /// <exception cref="InvalidDataException">The bytes are no text, or JSON or XML that cannot be read.</exception>
    public static ParsedList Parse(ListFile file, ReadOnlySpan<byte> bytes, TrailBuildOptions options)
    {
        if (bytes[..Math.Min(bytes.Length, 4096)].Contains((byte)0))
        {
            throw new InvalidDataException($"{file.Path} is neither a list nor an index of trails");
        }

        ListFormat format = ListFormats.Recognise(file.FileName, bytes);
        if (options.Column is not null && format is ListFormat.TrailsCsv or ListFormat.StaticCsv)
        {
            format = ListFormat.HeaderCsv;
        }

        var list = new ParsedList(file.Name, format, format == ListFormat.Unused ? 0 : bytes.Length) { Digest = DigestOf(file.Name, bytes) };
        ReadOnlySpan<byte> text = Utf8.IsValid(bytes) ? bytes : Repaired(bytes, list);
        var builder = new ListBuilder(list, file, options);
        switch (format)
        {
            case ListFormat.StaticList:
                StaticListReader.Read(text, builder);
                break;
            case ListFormat.TrailsCsv:
                CsvReader.ReadTrails(text, builder);
                break;
            case ListFormat.StaticCsv:
                CsvReader.ReadStatic(text, builder);
                break;
            case ListFormat.HeaderCsv:
                CsvReader.ReadHeader(text, builder);
                break;
            case ListFormat.PlainList:
                PlainListReader.ReadIndicators(text, builder);
                break;
            case ListFormat.Hosts:
                HostsReader.Read(text, builder);
                break;
            case ListFormat.ResponsePolicyZone:
                ZoneReader.Read(text, builder);
                break;
            case ListFormat.Adblock or ListFormat.Dnsmasq or ListFormat.Unbound:
                FilterListReader.Read(text, builder);
                break;
            case ListFormat.Whitelist:
                PlainListReader.ReadWhitelist(text, builder);
                break;
            case ListFormat.IgnoreEvents:
                PlainListReader.ReadIgnoreRules(text, builder);
                break;
            case ListFormat.UserAgents:
                PlainListReader.ReadUserAgents(text, builder);
                break;
            case ListFormat.CdnRanges or ListFormat.BogonRanges:
                PlainListReader.ReadRanges(text, builder);
                break;
            case ListFormat.Stix:
                StixReader.Read(text, builder);
                break;
            case ListFormat.Misp:
                MispReader.Read(text, builder);
                break;
            case ListFormat.OpenIoc:
                OpenIocReader.Read(text, builder);
                break;
            case ListFormat.SuricataRules:
                SuricataRuleReader.Read(text, builder);
                break;
            case ListFormat.Feed:
                FeedReader.Read(text, builder);
                break;
            default:
                break;
        }

        return list;
    }

    private static UInt128 DigestOf(string name, ReadOnlySpan<byte> bytes)
    {
        Span<byte> both = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(both, XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name)));
        XxHash128.Hash(bytes, both[8..]);
        return XxHash128.HashToUInt128(both);
    }

    private static byte[] Repaired(ReadOnlySpan<byte> bytes, ParsedList list)
    {
        var lines = new LineReader(bytes);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!Utf8.IsValid(line))
            {
                list.AddFault(LineFault.BadText, lines.Number, line);
            }
        }

        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
    }
}
