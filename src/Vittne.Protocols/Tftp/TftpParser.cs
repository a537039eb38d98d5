using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Tftp;

/// <summary>TFTP (RFC 1350, 2347): requests, acknowledged options and errors.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told.</param>
public sealed class TftpParser(FlowIdentity flow, IRecordSink sink, ParserOptions options) : DatagramParser(flow, sink)
{
    private const ushort Port = 69;
    private const int OpcodeLength = 2;
    private const int MaxOptions = 16;
    private const int MaxErrorCode = 8;

    private static readonly string[] Modes = ["octet", "netascii", "mail"];
    private static readonly string[] KnownOptions = ["blksize", "tsize", "timeout", "windowsize", "multicast", "blksize2", "rollover", "utimeout"];

    /// <inheritdoc/>
    public override bool IsDone => !options.EmitsTransactions;

    /// <summary>
    /// Whether a datagram is TFTP: a request or acknowledged options on any port, since transfers leave port 69 at once; an error only there.
    /// </summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort)
    {
        if (datagram.Length < 4 || datagram[0] != 0)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = datagram[OpcodeLength..];
        switch ((TftpOpcode)datagram[1])
        {
            case TftpOpcode.ReadRequest or TftpOpcode.WriteRequest:
                return TryTakeText(ref rest, out ReadOnlySpan<byte> file) && TryTakeText(ref rest, out ReadOnlySpan<byte> mode)
                    && IsText(file) && CommandLine.Known(mode, Modes) is not null;
            case TftpOpcode.OptionAcknowledgment:
                return TryTakeText(ref rest, out ReadOnlySpan<byte> name) && CommandLine.Known(name, KnownOptions) is not null
                    && TryTakeText(ref rest, out ReadOnlySpan<byte> value) && IsText(value);
            case TftpOpcode.Error:
                return (sourcePort == Port || destinationPort == Port) && rest[0] == 0 && rest[1] <= MaxErrorCode;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if (!options.EmitsTransactions || datagram.Length < OpcodeLength)
        {
            return;
        }

        ReadOnlySpan<byte> rest = datagram[OpcodeLength..];
        switch ((TftpOpcode)BinaryPrimitives.ReadUInt16BigEndian(datagram))
        {
            case (TftpOpcode.ReadRequest or TftpOpcode.WriteRequest) and var request:
                bool isWhole = TryTakeText(ref rest, out ReadOnlySpan<byte> file);
                isWhole &= TryTakeText(ref rest, out ReadOnlySpan<byte> mode);
                isWhole &= TryReadOptions(ref rest, out List<TftpOption> asked);
                Sink.Add(new TftpRecord
                {
                    Flow = Flow,
                    At = at,
                    Direction = direction,
                    Opcode = request,
                    File = WireText.Of(file),
                    Mode = Lower(mode),
                    Options = asked,
                });
                ReportUnless(isWhole, direction, at);
                break;

            case TftpOpcode.OptionAcknowledgment:
                bool areWhole = TryReadOptions(ref rest, out List<TftpOption> agreed);
                Sink.Add(new TftpRecord { Flow = Flow, At = at, Direction = direction, Opcode = TftpOpcode.OptionAcknowledgment, Options = agreed });
                ReportUnless(areWhole, direction, at);
                break;

            case TftpOpcode.Error when rest.Length >= 2:
                int code = BinaryPrimitives.ReadUInt16BigEndian(rest);
                rest = rest[2..];
                bool hasText = TryTakeText(ref rest, out ReadOnlySpan<byte> text);
                Sink.Add(new TftpRecord
                {
                    Flow = Flow,
                    At = at,
                    Direction = direction,
                    Opcode = TftpOpcode.Error,
                    ErrorCode = code,
                    Error = text.IsEmpty ? null : WireText.Of(text),
                });
                ReportUnless(hasText, direction, at);
                break;

            default:
                break;
        }
    }

    // What is not ended is cut by the snap length or damage: all of it is taken.
    private static bool TryTakeText(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        int end = rest.IndexOf((byte)0);
        text = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return end >= 0;
    }

    private static bool TryReadOptions(ref ReadOnlySpan<byte> rest, out List<TftpOption> list)
    {
        list = [];
        bool isWhole = true;
        while (!rest.IsEmpty && list.Count < MaxOptions && isWhole)
        {
            isWhole = TryTakeText(ref rest, out ReadOnlySpan<byte> name);
            isWhole &= TryTakeText(ref rest, out ReadOnlySpan<byte> value);
            if (!name.IsEmpty)
            {
                list.Add(new TftpOption(Lower(name), WireText.Of(value)));
            }
        }

        return isWhole;
    }

    private static bool IsText(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyInRange((byte)0, (byte)31);

    private static string Lower(ReadOnlySpan<byte> text) => WireText.Of(text).ToLowerInvariant();

    private void ReportUnless(bool isWhole, Direction direction, in PacketStamp at)
    {
        if (!isWhole)
        {
            Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = AnomalyKind.TftpShort });
        }
    }
}
