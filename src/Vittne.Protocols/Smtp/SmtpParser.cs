using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Smtp;

/// <summary>SMTP and LMTP (RFC 5321, 3030, 4954, 3207, 2033): commands with their replies. Messages are skipped, never read as commands.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class SmtpParser(FlowIdentity flow, IRecordSink sink) : NumericDialogueParser(flow, sink)
{
    private const int StartMailInput = 354;
    private const int AuthContinues = 334;
    private const int AuthSucceeded = 235;
    private const int ServiceReady = 220;
    private const int Closing = 221;

    // A chunk of more is none: 20 digits are the most that RFC 3030 allows, no message is that large.
    private const long MaxChunk = 1L << 40;

    private readonly SmtpTransaction _transaction = new();

    /// <summary>Whether a direction begins with a greeting or a command of SMTP, whatever the port.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        SmtpRecognition.Recognizes(data, sourcePort, destinationPort);

    /// <inheritdoc/>
    protected override bool? IsAnswer(ReadOnlySpan<byte> line) => CommandLine.IsNumericReply(line) ? true
        : CommandLine.Known(CommandLine.Word(line, out _), SmtpRecognition.Verbs) is not null ? false
        : null;

    /// <inheritdoc/>
    protected override void OnCommandLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        ReadOnlySpan<byte> word = CommandLine.Word(line, out ReadOnlySpan<byte> argument);
        string? verb = CommandLine.Known(word, SmtpRecognition.Verbs);
        if (TryTakeResponse(line, isCommand: verb is not null))
        {
            return;
        }

        if (verb is null && (IsUncertain(Client) || !CommandLine.IsPrintable(word)))
        {
            Stray(Client, at);
            return;
        }

        if (verb is null)
        {
            verb = CommandLine.Upper(word);
        }
        else
        {
            Confirm(Client);
        }

        OpenCommand command = Command(verb, argument, at);
        command.State = _transaction.Take(verb, argument);
        EndAuthentication();
        Begin(command, at);
        Prepare(command, argument, at);
    }

    /// <inheritdoc/>
    private protected override void OnUnanswered(OpenCommand command)
    {
        if (command.Verb == "DATA")
        {
            SkipText(Client);
        }
        else
        {
            base.OnUnanswered(command);
        }
    }

    /// <inheritdoc/>
    private protected override bool IsInterim(OpenCommand command, int code) =>
        (command.Verb == "DATA" && code == StartMailInput) || (command.Sasl is not null && code == AuthContinues);

    /// <inheritdoc/>
    private protected override bool IsOwnCode(OpenCommand command, int code) => code switch
    {
        StartMailInput => command.Verb == "DATA" && command.Interim is null,
        AuthContinues or AuthSucceeded => command.Sasl is not null,
        Closing => command.Verb == "QUIT",
        _ => false,
    };

    /// <inheritdoc/>
    private protected override bool IsReadyAsked(OpenCommand command) => command.Verb == "STARTTLS";

    /// <inheritdoc/>
    private protected override bool IsHandOver(OpenCommand command) => command.Verb == "STARTTLS" && command.Code == ServiceReady;

    /// <inheritdoc/>
    private protected override void OnInterim(OpenCommand command)
    {
        if (command.Sasl is not null)
        {
            AddChallenge(command, command.Reply);
        }
        else if (command == Waiting)
        {
            SkipText(Client);
        }

        Release(command);
    }

    /// <inheritdoc/>
    private protected override void OnFinal(OpenCommand command, in PacketStamp at)
    {
        if (command.Verb == "DATA" && command.Interim is null && IsBeforeText(Client))
        {
            // The message that was expected was refused.
            ReadLines(Client);
        }
        else if (command.Verb == "DATA" && IsInUncertainText(Client))
        {
            // The end of the message was lost, but the server has seen it.
            ReadLines(Client);
        }

        if (command == Authenticating)
        {
            EndAuthentication();
        }

        Release(command);
    }

    /// <inheritdoc/>
    private protected override void Emit(OpenCommand command, Direction direction, in PacketStamp at)
    {
        var envelope = command.State as SmtpEnvelope;
        Sink.Add(new SmtpRecord
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
            Sasl = command.Sasl,
            Helo = envelope?.Helo,
            MailFrom = envelope?.MailFrom,
            RcptTo = envelope?.RcptTo ?? [],
            IsStartTls = command is { Verb: "STARTTLS", Code: ServiceReady },
        });
    }

    private void Prepare(OpenCommand command, ReadOnlySpan<byte> argument, in PacketStamp at)
    {
        switch (command.Verb)
        {
            case "DATA":
                // A server that was never heard is not captured.
                if (HasAnswered)
                {
                    WaitFor(command);
                }
                else
                {
                    SkipText(Client);
                }

                break;

            case "BDAT":
                ReadOnlySpan<byte> digits = CommandLine.Word(argument, out ReadOnlySpan<byte> last);
                if (System.Buffers.Text.Utf8Parser.TryParse(digits, out long length, out int used) && used == digits.Length && length is >= 0 and <= MaxChunk
                    && (last.IsEmpty || CommandLine.Known(last, ["LAST"]) is not null))
                {
                    SkipBytes(Client, length);
                }
                else
                {
                    // Servers refuse the line, and what follows is commands.
                    Report(Client, AnomalyKind.LineLiteral, "BDAT without a size that can be", at);
                }

                break;

            case "AUTH" or "X-EXPS":
                ReadOnlySpan<byte> mechanism = CommandLine.Word(argument, out ReadOnlySpan<byte> initial);
                if (!mechanism.IsEmpty)
                {
                    BeginAuthentication(command, new SaslExchange(CommandLine.Upper(mechanism), isEncoded: true), initial);
                    WaitFor(command);
                }

                break;

            case "STARTTLS":
                WaitFor(command);
                break;
        }
    }
}
