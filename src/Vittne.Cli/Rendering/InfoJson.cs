using System.Text.Json;
using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Engine.Info;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>A capture described in one JSON object; the names are a contract.</summary>
internal static class InfoJson
{
    private const int Decimals = 6;

    /// <summary>Writes the object and a line end.</summary>
    public static void Write(CaptureInfo info, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        WriteForm(info, json);
        json.WriteNumber("packets", info.Packets);
        json.WriteNumber("file_bytes", info.FileBytes);
        json.WriteNumber("data_bytes", info.DataBytes);
        json.WriteNumber("captured_bytes", info.CapturedBytes);
        Text(json, "first_time", info.FirstNs is { } first ? RecordTime.Of(first) : null);
        Text(json, "last_time", info.LastNs is { } last ? RecordTime.Of(last) : null);
        Number(json, "duration_ns", info.DurationNs);
        Rate(json, "data_byte_rate", info.DataByteRate);
        Rate(json, "data_bit_rate", info.DataBitRate);
        Rate(json, "average_packet_bytes", info.AveragePacketBytes);
        Rate(json, "average_packet_rate", info.AveragePacketRate);
        foreach (FileDigest digest in info.Digests)
        {
            json.WriteString(digest.Name, digest.Hex);
        }

        json.WriteBoolean("strict_time_order", info.StrictTimeOrder);
        Text(json, "hardware", NotEmpty(info.Section?.Hardware));
        Text(json, "os", NotEmpty(info.Section?.OperatingSystem));
        Text(json, "application", NotEmpty(info.Section?.Application));
        Text(json, "comment", info.Section?.Comments is { Count: > 0 } comments ? string.Join('\n', comments) : null);
        WriteInterfaces(info, json);
        WriteOddities(info, json);
        if (info.Deep is { } deep)
        {
            DeepJson.Write(deep, json);
        }

        json.WriteEndObject();
    });

    private static void WriteForm(CaptureInfo info, Utf8JsonWriter json)
    {
        json.WriteString("file", info.File);
        json.WriteString("file_type", info.FileType);
        Text(json, "compression", info.Compression);
        json.WriteStartArray("link_types");
        foreach (ushort type in info.LinkTypes)
        {
            json.WriteNumberValue(type);
        }

        json.WriteEndArray();
        json.WriteStartArray("link_type_names");
        foreach (ushort type in info.LinkTypes)
        {
            json.WriteStringValue(LinkTypeNames.Of(type));
        }

        json.WriteEndArray();
        Text(json, "time_precision", info.TimePrecision);
        Number(json, "snaplen", info.SnapLength);
        Number(json, "snaplen_inferred_min", info.SnapLengthInferredMin);
        Number(json, "snaplen_inferred_max", info.SnapLengthInferredMax);
    }

    private static void WriteInterfaces(CaptureInfo info, Utf8JsonWriter json)
    {
        json.WriteStartArray("interfaces");
        foreach (InterfaceInfo item in info.Interfaces)
        {
            CaptureInterface source = item.Source;
            json.WriteStartObject();
            json.WriteNumber("id", item.Id);
            json.WriteNumber("section", item.Section);
            Text(json, "name", source.Name);
            Text(json, "description", source.Description);
            Text(json, "filter", source.Filter);
            json.WriteNumber("link_type", source.LinkType);
            Number(json, "snaplen", source.SnapLength == 0 ? null : source.SnapLength);
            if (item.TicksPerSecond is { } ticks)
            {
                json.WriteNumber("ticks_per_second", ticks);
            }
            else
            {
                json.WriteNull("ticks_per_second");
            }

            json.WriteNumber("fcs_len", source.FcsLength);
            json.WriteNumber("packets", item.Packets);
            WriteStatistics(source.Statistics, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStatistics(InterfaceStatistics? statistics, Utf8JsonWriter json)
    {
        if (statistics is null)
        {
            json.WriteNull("if_stats");
            return;
        }

        json.WriteStartObject("if_stats");
        Counter(json, "received", statistics.Received);
        Counter(json, "dropped", statistics.Dropped);
        json.WriteEndObject();
    }

    private static void WriteOddities(CaptureInfo info, Utf8JsonWriter json)
    {
        if (info.Damage is { } damage)
        {
            json.WriteStartObject("damage");
            json.WriteString("kind", damage.Words);
            json.WriteNumber("packet", damage.Packet);
            json.WriteNumber("offset", damage.Offset);
            json.WriteString("detail", damage.Detail);
            json.WriteNumber("count", info.Damages);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("damage");
        }

        json.WriteNumber("cut_packets", info.CutPackets);
        json.WriteNumber("time_goes_back", info.Counters.TimeGoesBack);
        json.WriteNumber("no_time", info.Counters.NoTimestamp);
        json.WriteStartArray("notes");
        foreach (string note in info.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
    }

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Counter(Utf8JsonWriter json, string name, ulong? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Rate(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, Decimals));
}
