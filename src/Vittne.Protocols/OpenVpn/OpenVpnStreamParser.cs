using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Protocols.OpenVpn;

/// <summary>OpenVPN over TCP: each packet behind its length in two bytes. Reads the TLS handshakes of the control channel.</summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told; null for single messages only.</param>
public sealed class OpenVpnStreamParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : StreamParser(flow, sink)
{
    private const int PrefixLength = 2;

    private readonly OpenVpnChannel _channel = new(flow, sink, options ?? ParserOptions.Messages);
    private Sides<int> _needed;
    private Sides<int> _skip;
    private Sides<bool> _isLost;
    private bool _hasEnded;

    /// <summary>Whether a stream begins with a packet that opens a session or has the beginning of a TLS handshake of one. Strict.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => OpenVpnRecognition.RecogniseStream(data);

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _channel.IsOver;

    /// <inheritdoc/>
    public override int Needed(Direction direction) => Math.Max(1, _needed[(int)direction]);

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int side = (int)direction;
        if (_isLost[side])
        {
            // Behind a gap a packet of the session may begin where a segment does; else the bytes are a packet's middle.
            if (data.Length < PrefixLength || !_channel.Knows(direction, data[PrefixLength..]))
            {
                return data.Length;
            }

            _isLost[side] = false;
        }

        int position = 0;
        _needed[side] = 1;
        while (position < data.Length)
        {
            if (_skip[side] > 0)
            {
                int passed = Math.Min(_skip[side], data.Length - position);
                _skip[side] -= passed;
                position += passed;
                continue;
            }

            ReadOnlySpan<byte> rest = data[position..];
            if (rest.Length <= PrefixLength)
            {
                _needed[side] = PrefixLength + 1;
                break;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (OpenVpnOpcode.IsData(OpenVpnOpcode.Of(rest[PrefixLength])))
            {
                // Most of the traffic: it does not wait to be whole.
                _skip[side] = PrefixLength + length;
                continue;
            }

            if (rest.Length < PrefixLength + length)
            {
                _needed[side] = PrefixLength + length;
                break;
            }

            _channel.OnPacket(direction, rest.Slice(PrefixLength, length), at);
            position += PrefixLength + length;
        }

        return position;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        _isLost[(int)direction] = true;
        _needed[(int)direction] = 1;
        _skip[(int)direction] = 0;
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        // The handshake is over when both sides ended.
        if (_hasEnded)
        {
            _channel.OnEnd(at);
        }

        _hasEnded = true;
    }
}
