using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vittne.Capture.Writing;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>The list of the files, a line of JSON for each (docs/streams.md).</summary>
/// <param name="path">Where it is written.</param>
internal sealed class StreamIndex(string path) : IDisposable
{
    private const int FlushLength = 64 << 10;
    private const long NsPerSecond = 1_000_000_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);
    private Utf8JsonWriter? _json;
    private long _written;

    /// <summary>Adds the line of a file.</summary>
    public void Write(StreamClosed closed)
    {
        StreamFile file = closed.File;
        FlowIdentity flow = file.Direction == Direction.FromOriginator ? file.Flow : file.Flow.Turned();
        Utf8JsonWriter json = _json ??= new Utf8JsonWriter(_buffer, Options);
        json.Reset(_buffer);
        json.WriteStartObject();
        json.WriteString("file", file.Bytes.Path);
        json.WriteString("proto", ProtocolNames.Of(flow.Protocol));
        WriteAddress("saddr", flow.Source);
        json.WriteNumber("sport", flow.SourcePort);
        WriteAddress("daddr", flow.Destination);
        json.WriteNumber("dport", flow.DestinationPort);
        json.WriteString("dir", file.Direction == Direction.FromOriginator ? "orig" : "resp");
        json.WriteNumber("flow_id", flow.Id);
        json.WriteString("community_id", file.Flow.CommunityId);
        if (file.Vlan >= 0)
        {
            json.WriteNumber("vlan", file.Vlan);
        }

        WriteTime("first", file.First.TimestampNs);
        WriteTime("last", file.LastNs);
        json.WriteNumber("bytes", file.Bytes.Length);
        json.WriteNumber("data_packets", file.DataPackets);
        WriteGaps(file);
        WriteCount("conflict_bytes", file.ConflictBytes);
        WriteCount("retrans_packets", file.RetransmittedPackets);
        WriteCount("ooo_packets", file.LatePackets);
        WriteFlag("syn", closed.HasSyn);
        WriteFlag("fin", closed.HasFin);
        WriteFlag("rst", closed.HasReset);
        WriteFlag("truncated", file.IsTruncated);
        WriteText("sha256", file.Sha256);
        WriteBodies(file);
        json.WriteEndObject();
        json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushLength)
        {
            Flush();
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Flush()
    {
        try
        {
            _file.Write(_buffer.WrittenSpan);
            _written += _buffer.WrittenCount;
        }
        catch (IOException e)
        {
            // Whole lines only.
            _file.SetLength(_written);
            throw new OutputException(path, e);
        }
        finally
        {
            _buffer.ResetWrittenCount();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json?.Dispose();
        _file.Dispose();
    }

    private void WriteGaps(StreamFile file)
    {
        if (file.Gaps.Bytes == 0)
        {
            return;
        }

        _json!.WriteStartArray("gaps");
        foreach ((long start, long end) in file.Gaps.Ranges)
        {
            _json.WriteStartArray();
            _json.WriteNumberValue(start - file.Origin);
            _json.WriteNumberValue(end - start);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteNumber("gap_bytes", file.Gaps.Bytes);
        WriteFlag("gaps_incomplete", file.Gaps.IsIncomplete);
    }

    private void WriteBodies(StreamFile file)
    {
        if (file.Bodies is null)
        {
            return;
        }

        _json!.WriteStartArray("bodies");
        foreach (BodyFile body in file.Bodies)
        {
            if (body.Bytes.Length == 0)
            {
                continue;
            }

            _json.WriteStartObject();
            _json.WriteString("file", body.Bytes.Path);
            _json.WriteNumber("size", body.Bytes.Length);
            WriteText("type", body.Type);
            WriteText("encoding", body.Encoding);
            WriteFlag("truncated", !body.IsComplete);
            WriteText("sha256", body.Sha256);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteText(string name, string text)
    {
        if (text.Length > 0)
        {
            _json!.WriteString(name, text);
        }
    }

    private void WriteAddress(string name, in IpAddress address)
    {
        Span<byte> text = stackalloc byte[IpAddress.MaxTextLength];
        _ = address.TryFormat(text, out int written);
        _json!.WriteString(name, text[..written]);
    }

    private void WriteTime(string name, long timestampNs)
    {
        long second = Math.DivRem(timestampNs, NsPerSecond, out long fraction);
        if (fraction < 0)
        {
            (second, fraction) = (second - 1, fraction + NsPerSecond);
        }

        Span<byte> text = stackalloc byte[32];
        _ = System.Text.Unicode.Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{second}.{fraction:000000000}", out int written);
        _json!.WritePropertyName(name);
        _json.WriteRawValue(text[..written], skipInputValidation: true);
    }

    private void WriteCount(string name, long count)
    {
        if (count > 0)
        {
            _json!.WriteNumber(name, count);
        }
    }

    private void WriteFlag(string name, bool isSet)
    {
        if (isSet)
        {
            _json!.WriteBoolean(name, true);
        }
    }
}
