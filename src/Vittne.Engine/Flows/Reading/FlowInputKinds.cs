using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Vittne.Engine.Flows.Reading.Mappings;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Tells by its first bytes what an input holds.</summary>
internal static class FlowInputKinds
{
    /// <summary>Bytes that are looked at: the first line of the widest table.</summary>
    public const int Length = 16 << 10;

    private const ushort V9 = 9;
    private const ushort Ipfix = 10;
    private const int IpfixHeaderLength = 16;
    private const int V9HeaderLength = 20;

    private static readonly char[] ArgusDelimiters = [',', ';', '|', '\t'];

    /// <summary>The kind, and for text of ra what stands between its cells.</summary>
    public static FlowInputKind Of(ReadOnlySpan<byte> start, out char delimiter)
    {
        delimiter = ',';
        if (IsExport(start))
        {
            return FlowInputKind.Export;
        }

        ReadOnlySpan<byte> line = FirstLine(start, out bool isWhole);
        if (line is [(byte)'{', ..])
        {
            return JsonKind(line, isWhole);
        }

        string text = Encoding.UTF8.GetString(line).TrimStart('\uFEFF');
        if (text.StartsWith("#separator", StringComparison.Ordinal) || text.StartsWith("#fields\t", StringComparison.Ordinal) || text.StartsWith("#path\t", StringComparison.Ordinal))
        {
            return FlowInputKind.Zeek;
        }

        return isWhole ? TableKind(text, ref delimiter) : FlowInputKind.Capture;
    }

    private static bool IsExport(ReadOnlySpan<byte> start)
    {
        if (start.Length < V9HeaderLength)
        {
            return false;
        }

        ushort version = BinaryPrimitives.ReadUInt16BigEndian(start);
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(start[2..]);
        return version switch
        {
            Ipfix => length > IpfixHeaderLength && BinaryPrimitives.ReadUInt16BigEndian(start[IpfixHeaderLength..]) is 2 or 3 or >= 256,
            V9 => length > 0 && start.Length > V9HeaderLength + 2 && BinaryPrimitives.ReadUInt16BigEndian(start[V9HeaderLength..]) is 0 or 1 or >= 256,
            _ => false,
        };
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> start, out bool isWhole)
    {
        start = start.TrimStart("\r\n \t"u8);
        int end = start.IndexOf((byte)'\n');
        isWhole = end >= 0 || start.Length < Length / 2;
        return end >= 0 ? start[..end].TrimEnd((byte)'\r') : start;
    }

    private static FlowInputKind JsonKind(ReadOnlySpan<byte> line, bool isWhole)
    {
        var json = new Utf8JsonReader(line, isFinalBlock: isWhole, new JsonReaderState());
        int known = 0;
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (json.CurrentDepth == 1 && json.ValueTextEquals("event_type"u8))
                {
                    return FlowInputKind.Eve;
                }

                if (json.CurrentDepth == 1 && json.ValueTextEquals("id.orig_h"u8))
                {
                    return FlowInputKind.ZeekJson;
                }

                known += json.CurrentDepth == 1 && OwnMapping.IsField(json.GetString() ?? "") ? 1 : 0;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What was read before the damage decides; the reader names the line.
        }

        return known > 0 ? FlowInputKind.Json : FlowInputKind.Capture;
    }

    private static FlowInputKind TableKind(string text, ref char delimiter)
    {
        if (text.Contains("StartTime", StringComparison.Ordinal) || text.Contains("SrcAddr", StringComparison.Ordinal) || text.Contains("DstAddr", StringComparison.Ordinal))
        {
            int at = text.IndexOfAny(ArgusDelimiters);
            delimiter = at < 0 ? ' ' : text[at];
            return FlowInputKind.Argus;
        }

        if (text.StartsWith("ts,te,td,", StringComparison.Ordinal) || (text.Contains(",srcAddr,", StringComparison.Ordinal) && text.Contains(",dstAddr,", StringComparison.Ordinal)))
        {
            return FlowInputKind.Nfdump;
        }

        char own = text.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        string[] names = text.Split(own);
        int known = names.Count(static name => OwnMapping.IsField(name.Trim().Trim('"')));
        return known > 0 && known * 2 >= names.Length ? own == ',' ? FlowInputKind.Csv : FlowInputKind.Tsv : FlowInputKind.Capture;
    }
}
