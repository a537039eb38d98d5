using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>DNS over TCP (RFC 1035 section 4.2.2, RFC 7766): each message behind its length in two bytes.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told; null for messages alone.</param>
public sealed class DnsStreamParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : StreamParser(flow, sink)
{
    private const int PrefixLength = 2;

    // Up to here recognition waits for the whole first message; a longer one is taken by its question alone.
    private const int MaxAwaitedLength = 4000;

    private readonly DnsVariant _variant = DnsRecognition.VariantOf(flow);
    private readonly DnsPairing? _pairing = DnsEmission.PairingOf(DnsRecognition.VariantOf(flow), options);
    private readonly int[] _needed = [PrefixLength, PrefixLength];
    private readonly bool[] _isLost = new bool[2];

    /// <summary>Whether a stream begins with a DNS message behind its length.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length < PrefixLength + DnsMessage.HeaderLength)
        {
            return MayBecomeMessage(data) ? Recognition.NeedMore : Recognition.No;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        ReadOnlySpan<byte> message = data[PrefixLength..];
        message = message.Length > length ? message[..length] : message;
        bool isWhole = message.Length == length;
        if (length < DnsMessage.HeaderLength)
        {
            return Recognition.No;
        }

        if (DnsRecognition.IsOnPort(sourcePort, destinationPort))
        {
            // Half a question looks damaged: it is judged when more of it is there.
            bool isEnough = isWhole || message.Length >= DnsMessage.HeaderLength + DnsName.MaxWireLength;
            return !isEnough ? Recognition.NeedMore : DnsRecognition.IsLenient(message) ? Recognition.Yes : Recognition.No;
        }

        if (!DnsRecognition.HasStrictHeader(message))
        {
            return Recognition.No;
        }

        return isWhole
            ? DnsRecognition.IsStrict(message) ? Recognition.Yes : Recognition.No
            : length > MaxAwaitedLength ? Recognition.No : Recognition.NeedMore;
    }

    /// <inheritdoc/>
    public override int Needed(Direction direction) => _needed[(int)direction];

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int side = (int)direction;
        if (_isLost[side])
        {
            // Behind a gap a message may begin where a segment does; else the bytes are its middle.
            if (!BeginsMessage(data))
            {
                return data.Length;
            }

            _isLost[side] = false;
        }

        int position = 0;
        while (TryTakeMessage(data[position..], out ReadOnlySpan<byte> message, out _needed[side]))
        {
            position += PrefixLength + message.Length;
            if (message.Length < DnsMessage.HeaderLength)
            {
                Report(direction, AnomalyKind.DnsLength, message.Length, at);
            }
            else
            {
                DnsEmission.Emit(Flow, Sink, _variant, _pairing, direction, message, at);
            }
        }

        return position;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        _isLost[(int)direction] = true;
        _needed[(int)direction] = 1;
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        if (_isLost[(int)direction] || rest.IsEmpty)
        {
            return;
        }

        if (rest.Length >= PrefixLength + DnsMessage.HeaderLength)
        {
            DnsEmission.Emit(Flow, Sink, _variant, _pairing, direction, rest[PrefixLength..], at);
        }
        else
        {
            Report(direction, AnomalyKind.DnsShort, rest.Length, at);
        }
    }

    /// <summary>Refuses other protocols by what is there of length, flags and QDCOUNT, so that their first bytes do not wait in vain.</summary>
    private static bool MayBecomeMessage(ReadOnlySpan<byte> start)
    {
        if (start.Length >= PrefixLength && BinaryPrimitives.ReadUInt16BigEndian(start) < DnsMessage.HeaderLength)
        {
            return false;
        }

        return start.Length < PrefixLength + 5 || start[PrefixLength + 4] == 0;
    }

    private static bool TryTakeMessage(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> message, out int needed)
    {
        message = default;
        needed = PrefixLength;
        if (data.Length < PrefixLength)
        {
            return false;
        }

        needed = PrefixLength + BinaryPrimitives.ReadUInt16BigEndian(data);
        if (data.Length < needed)
        {
            return false;
        }

        message = data[PrefixLength..needed];
        return true;
    }

    private static bool BeginsMessage(ReadOnlySpan<byte> data)
    {
        if (data.Length < PrefixLength + DnsMessage.HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        ReadOnlySpan<byte> message = data[PrefixLength..];
        return length >= DnsMessage.HeaderLength
            && DnsRecognition.HasStrictHeader(message)
            && (message.Length < length || DnsRecognition.IsStrict(message[..length]));
    }

    private void Report(Direction direction, AnomalyKind kind, int length, in PacketStamp at) =>
        Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = $"{length} bytes" });
}
