using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Vittne.Engine.Grep;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>Hits as JSON, one object a line.</summary>
/// <param name="output">Where they go.</param>
/// <param name="captures">Names of the captures, told with each hit when there are several; null for one.</param>
internal sealed class GrepJson(Stream output, IReadOnlyList<string>? captures) : IGrepWriter
{
    private readonly ByteBuffer _output = new(output);

    /// <inheritdoc/>
    public void Write(in GrepHit hit)
    {
        Name("{\"packet\":"u8, hit.Packet.Number);
        if (captures is not null)
        {
            _output.Add(",\"capture\":\""u8);
            _output.Add(JsonEncodedText.Encode(captures[hit.Capture]).EncodedUtf8Bytes);
            _output.Add('"');
        }

        Text(",\"time\":\""u8, RecordTime.Of(hit.Packet.TimestampNs));
        Text(",\"proto\":\""u8, ProtocolNames.Of(hit.Protocol));
        _output.Add(",\"src\":\""u8);
        _output.Add(hit.Source);
        _output.Add('"');
        NumberIf(hit.HasPorts, ",\"src_port\":"u8, hit.SourcePort);
        _output.Add(",\"dst\":\""u8);
        _output.Add(hit.Destination);
        _output.Add('"');
        NumberIf(hit.HasPorts, ",\"dst_port\":"u8, hit.DestinationPort);
        NumberIf(hit.HasPorts && hit.Protocol == Packets.IpProtocol.Tcp, ",\"flags\":"u8, hit.TcpFlags);
        NumberIf(hit.HasType, ",\"type\":"u8, hit.Type);
        NumberIf(hit.HasType, ",\"code\":"u8, hit.Code);
        NumberIf(hit.IsFragment, ",\"fragment_offset\":"u8, hit.FragmentOffset);
        _output.Add(hit.IsReassembled ? ",\"reassembled\":true"u8 : default);
        if (hit.Part is { } part)
        {
            Text(",\"part\":\""u8, part);
            Name(",\"stream_offset\":"u8, hit.StreamOffset);
            NumberIf(hit.FirstPacket > 0, ",\"first_packet\":"u8, hit.FirstPacket);
        }

        Name(",\"payload_length\":"u8, hit.PayloadLength);
        NumberIf(hit.HasMatch, ",\"match_offset\":"u8, hit.MatchStart);
        NumberIf(hit.HasMatch, ",\"match_length\":"u8, hit.MatchLength);
        NumberIf(hit.HasMatch, ",\"pattern\":"u8, hit.Pattern);
        _output.Add(",\"payload\":\""u8);
        Span<byte> room = _output.Reserve(Base64.GetMaxEncodedToUtf8Length(hit.Payload.Length));
        OperationStatus status = Base64.EncodeToUtf8(hit.Payload, room, out _, out int written);
        _output.Advance(status == OperationStatus.Done ? written : 0);
        _output.Add("\"}\n"u8);
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    private void Name(ReadOnlySpan<byte> name, long value)
    {
        _output.Add(name);
        _output.Number(value);
    }

    private void NumberIf(bool has, ReadOnlySpan<byte> name, long value)
    {
        if (has)
        {
            Name(name, value);
        }
    }

    private void Text(ReadOnlySpan<byte> name, string value)
    {
        _output.Add(name);
        _output.Add(Encoding.UTF8.GetBytes(value));
        _output.Add('"');
    }
}
