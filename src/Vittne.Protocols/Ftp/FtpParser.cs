using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Ftp;

/// <summary>The control connection of FTP (RFC 959, 2228, 2428, 4217): commands with their replies, and where data will flow.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class FtpParser(FlowIdentity flow, IRecordSink sink) : NumericDialogueParser(flow, sink)
{
    private const int SecurityDone = 234;
    private const int EnteringPassive = 227;
    private const int EnteringExtendedPassive = 229;

    private string? _user;

    /// <summary>Whether a direction begins with a greeting or a command of FTP, whatever the port.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        FtpRecognition.Recognizes(data, sourcePort, destinationPort);

    /// <inheritdoc/>
    protected override bool? IsAnswer(ReadOnlySpan<byte> line) => CommandLine.IsNumericReply(line) ? true
        : CommandLine.Known(CommandLine.Word(line, out _), FtpRecognition.Verbs) is not null ? false
        : null;

    /// <inheritdoc/>
    protected override void OnCommandLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        // ABOR comes behind TELNET's interrupt and data mark (RFC 959 section 4.1.3).
        int start = line.IndexOfAnyExceptInRange((byte)0xF0, (byte)0xFF);
        ReadOnlySpan<byte> word = CommandLine.Word(line[Math.Max(start, 0)..], out ReadOnlySpan<byte> argument);
        string? verb = CommandLine.Known(word, FtpRecognition.Verbs);
        if (verb is null && (IsUncertain(Client) || !CommandLine.IsPrintable(word)))
        {
            Stray(Client, at);
            return;
        }

        if (verb is not null)
        {
            Confirm(Client);
        }

        OpenCommand command = Command(verb ?? CommandLine.Upper(word), argument, at);
        if (verb == "USER" && !argument.IsEmpty)
        {
            _user = WireText.Of(argument);
        }
        else if (verb == "REIN")
        {
            _user = null;
        }

        command.State = _user;
        Begin(command, at);
        if (verb == "AUTH")
        {
            WaitFor(command);
        }
    }

    /// <inheritdoc/>
    private protected override bool IsInterim(OpenCommand command, int code) => code < 200;

    /// <inheritdoc/>
    private protected override bool IsReadyAsked(OpenCommand command) => command.Verb is "REIN" or "HOST";

    /// <inheritdoc/>
    private protected override bool IsHandOver(OpenCommand command) => IsAuthTls(command);

    /// <inheritdoc/>
    private protected override void OnFinal(OpenCommand command, in PacketStamp at) => Release(command);

    /// <inheritdoc/>
    private protected override void Emit(OpenCommand command, Direction direction, in PacketStamp at) => Sink.Add(new FtpRecord
    {
        Flow = Flow,
        At = at,
        FirstPacket = command.At.Number == at.Number ? 0 : command.At.Number,
        Direction = direction,
        Command = command.Verb,
        Argument = command.Argument,
        ReplyCode = command.Code,
        Reply = command.Reply,
        Interim = command.Interim ?? [],
        User = command.State as string,
        DataChannel = DataChannelOf(command),
        IsAuthTls = IsAuthTls(command),
    });

    // GSSAPI and Kerberos go on in lines (RFC 2228); only TLS takes over the connection.
    private static bool IsAuthTls(OpenCommand command) => command is { Verb: "AUTH", Code: SecurityDone }
        && (CommandLine.Begins(command.Argument, "TLS"u8) || CommandLine.Begins(command.Argument, "SSL"u8));

    private FtpDataChannel? DataChannelOf(OpenCommand command)
    {
        ReadOnlySpan<byte> reply = command.Reply;
        IpAddress server = Client == Direction.FromOriginator ? Flow.Destination : Flow.Source;
        IpAddress client = Client == Direction.FromOriginator ? Flow.Source : Flow.Destination;
        IpAddress address;
        ushort port;
        switch (command.Verb)
        {
            case "PORT":
                return FtpAddress.TryReadNumbers(command.Argument, out address, out port) ? new FtpDataChannel(IsPassive: false, address, port) : null;
            case "EPRT":
                return FtpAddress.TryReadExtended(command.Argument, client, out address, out port) ? new FtpDataChannel(IsPassive: false, address, port) : null;
            case "PASV" when command.Code == EnteringPassive:
                return FtpAddress.TryReadNumbers(reply, out address, out port) ? new FtpDataChannel(IsPassive: true, address, port) : null;
            case "EPSV" when command.Code == EnteringExtendedPassive:
                int open = reply.LastIndexOf((byte)'(');
                return open >= 0 && FtpAddress.TryReadExtended(reply[(open + 1)..], server, out address, out port)
                    ? new FtpDataChannel(IsPassive: true, address, port)
                    : null;
            default:
                return null;
        }
    }
}
