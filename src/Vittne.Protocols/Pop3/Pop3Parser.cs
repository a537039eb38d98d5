using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Pop3;

/// <summary>POP3 (RFC 1939): commands with their answers. Messages and lists are skipped, never read as answers.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class Pop3Parser(FlowIdentity flow, IRecordSink sink) : DialogueParser(flow, sink)
{
    private static readonly string[] Statuses = ["+OK", "-ERR", "+"];

    private OpenCommand? _listing;
    private bool _hasGreeting;
    private byte[]? _stamp;

    /// <summary>Whether a direction begins with a greeting or a command of POP3, whatever the port.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        Pop3Recognition.Recognizes(data, sourcePort, destinationPort);

    /// <inheritdoc/>
    protected override bool? IsAnswer(ReadOnlySpan<byte> line) => Pop3Recognition.IsStatus(line) ? true
        : CommandLine.Known(CommandLine.Word(line, out _), Pop3Recognition.Verbs) is not null ? false
        : null;

    /// <inheritdoc/>
    protected override void OnCommandLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        ReadOnlySpan<byte> word = CommandLine.Word(line, out ReadOnlySpan<byte> argument);
        string? verb = CommandLine.Known(word, Pop3Recognition.Verbs);
        if (TryTakeResponse(line, isCommand: verb is not null))
        {
            return;
        }

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
        EndAuthentication();
        Begin(command, at);
        switch (verb)
        {
            case "AUTH" when !argument.IsEmpty:
                string mechanism = CommandLine.Upper(CommandLine.Word(argument, out ReadOnlySpan<byte> initial));
                BeginAuthentication(command, new SaslExchange(mechanism, isEncoded: true), initial);
                WaitFor(command);
                break;
            case "APOP":
                command.Sasl = new SaslExchange("APOP", isEncoded: false);
                if (_stamp is not null)
                {
                    command.Sasl.AddChallenge(_stamp);
                }

                command.Sasl.AddResponse(argument);
                break;
            case "STLS":
                WaitFor(command);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnAnswerLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        string? status = CommandLine.Known(CommandLine.Word(line, out ReadOnlySpan<byte> text), Statuses);
        if (status is null)
        {
            Stray(1 - Client, at);
            return;
        }

        if (status == "+")
        {
            OnChallenge(text);
            return;
        }

        Confirm(1 - Client);
        bool isGreeting = !_hasGreeting && (Oldest is null || HasStamp(text));
        _hasGreeting = true;
        byte[] kept = text[..Math.Min(text.Length, CommandRecord.MaxKeptLength)].ToArray();
        if (isGreeting || Oldest is not { } command)
        {
            _stamp = HasStamp(text) ? text[text.LastIndexOf((byte)'<')..(text.LastIndexOf((byte)'>') + 1)].ToArray() : _stamp;
            EmitAnswer(0, status, kept, at);
            return;
        }

        command.Status = status;
        command.Reply = kept;
        Release(command);
        if (command == Authenticating)
        {
            EndAuthentication();
        }

        if (status == "+OK" && HasList(command))
        {
            _listing = command;
            SkipText(1 - Client);
            return;
        }

        Complete(command, at);
        if (command is { Verb: "STLS", Status: "+OK" })
        {
            HandOver(at);
        }
    }

    /// <inheritdoc/>
    protected override void OnTextEnd(Direction direction, in PacketStamp at)
    {
        if (direction != Client && _listing is { } command)
        {
            _listing = null;
            Complete(command, at);
        }
    }

    /// <inheritdoc/>
    protected override void OnLoss(Direction direction, in PacketStamp at)
    {
        // Behind lost bytes in a message its end is still to be seen; what was answered among them is not known.
        if (direction != Client && _listing is null)
        {
            Flush(at);
            StopWaiting(Client);
        }
    }

    /// <inheritdoc/>
    private protected override void Emit(OpenCommand command, Direction direction, in PacketStamp at) => Sink.Add(new Pop3Record
    {
        Flow = Flow,
        At = at,
        FirstPacket = command.At.Number == at.Number ? 0 : command.At.Number,
        Direction = direction,
        Command = command.Verb,
        Argument = command.Argument,
        Status = command.Status,
        Reply = command.Reply,
        Sasl = command.Sasl,
        IsStartTls = command is { Verb: "STLS", Status: "+OK" },
    });

    // RFC 1939 sections 5 and 7, RFC 2449 section 5; AUTH alone lists the mechanisms (an older habit).
    private static bool HasList(OpenCommand command) =>
        command.Verb is "RETR" or "TOP" or "CAPA" || (command.Verb is "LIST" or "UIDL" or "AUTH" && command.Argument.Length == 0);

    private static bool HasStamp(ReadOnlySpan<byte> text) => text.LastIndexOf((byte)'<') is >= 0 and var open && text.LastIndexOf((byte)'>') > open;

    private void OnChallenge(ReadOnlySpan<byte> text)
    {
        if (Authenticating is { } command && command == Oldest)
        {
            AddChallenge(command, text);
            Release(command);
        }
    }
}
