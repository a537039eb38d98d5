using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.CommandLines;

/// <summary>
/// A client that gives commands and a server that answers each of them in order. Which direction is the client's is told by the first line
/// that says so, since a capture may begin in the middle and its first packet may be anyone's.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public abstract class DialogueParser(FlowIdentity flow, IRecordSink sink) : LineParser(flow, sink)
{
    // Clients send some dozen commands ahead (RFC 2920); a server that never answers must not fill the memory.
    private const int MaxOpenCommands = 256;

    private readonly List<OpenCommand> _open = [];
    private bool _hasRoles;
    private bool _isServerEnded;
    private bool _isGuess;

    /// <summary>The direction that gives commands.</summary>
    protected Direction Client { get; private set; }

    /// <summary>True when a line of the server was seen.</summary>
    protected bool HasAnswered { get; private set; }

    /// <summary>Commands without a complete answer, the oldest first.</summary>
    private protected IReadOnlyList<OpenCommand> Open => _open;

    /// <summary>The oldest command without a complete answer, or null.</summary>
    private protected OpenCommand? Oldest => _open.Count > 0 ? _open[0] : null;

    /// <summary>The command whose answer says what the client's next bytes are; null when none does.</summary>
    private protected OpenCommand? Waiting { get; private set; }

    /// <summary>The command whose exchange of challenges and responses goes on; null when none does.</summary>
    private protected OpenCommand? Authenticating { get; private set; }

    /// <summary>True when the client's next line is a response of <see cref="Authenticating"/>.</summary>
    private protected bool IsResponseExpected { get; private set; }

    /// <summary>True when an empty line of the client says something.</summary>
    protected virtual bool IsEmptyLineMeant => IsResponseExpected;

    /// <inheritdoc/>
    protected sealed override bool Waits(Direction direction) => Waiting is not null && direction == Client;

    /// <inheritdoc/>
    protected sealed override void StopWaiting(Direction direction)
    {
        if (direction == Client && Waiting is { } command)
        {
            Waiting = null;
            OnUnanswered(command);
        }
    }

    /// <summary>Whether a line is one of a server, one of a client, or could be either (null).</summary>
    protected abstract bool? IsAnswer(ReadOnlySpan<byte> line);

    /// <summary>Takes a line of the client.</summary>
    protected abstract void OnCommandLine(ReadOnlySpan<byte> line, in PacketStamp at);

    /// <summary>A line of the client was taken.</summary>
    protected virtual void AfterCommandLine(in PacketStamp at)
    {
    }

    /// <summary>Takes a line of the server.</summary>
    protected abstract void OnAnswerLine(ReadOnlySpan<byte> line, in PacketStamp at);

    /// <summary>Emits the record of a command, or of an answer without one.</summary>
    private protected abstract void Emit(OpenCommand command, Direction direction, in PacketStamp at);

    /// <inheritdoc/>
    protected sealed override void OnLine(Direction direction, ReadOnlySpan<byte> line, in PacketStamp at)
    {
        if (line.IsEmpty && (!_hasRoles || direction != Client || !IsEmptyLineMeant))
        {
            return;
        }

        if (!_hasRoles)
        {
            bool? isAnswer = IsAnswer(line);
            Client = isAnswer == true ? 1 - direction : isAnswer == false ? direction : Direction.FromOriginator;
            _hasRoles = true;
        }

        if (direction == Client)
        {
            OnCommandLine(line, at);
            AfterCommandLine(at);
        }
        else
        {
            HasAnswered = true;
            OnAnswerLine(line, at);
        }
    }

    /// <summary>The answer that a command waited for does not come: what follows is read by what it looks like.</summary>
    private protected virtual void OnUnanswered(OpenCommand command)
    {
        if (command == Authenticating)
        {
            GuessResponse();
        }
    }

    /// <summary>The client's next bytes are read when a command is answered; at once when no server was heard.</summary>
    private protected void WaitFor(OpenCommand command)
    {
        if (HasAnswered)
        {
            Waiting = command;
        }
        else if (command == Authenticating)
        {
            GuessResponse();
        }
    }

    /// <summary>A command is answered: nothing waits for it any more.</summary>
    private protected void Release(OpenCommand command)
    {
        if (command == Waiting)
        {
            Waiting = null;
        }
    }

    /// <summary>A command begins an exchange of challenges and responses.</summary>
    private protected void BeginAuthentication(OpenCommand command, SaslExchange exchange, ReadOnlySpan<byte> initialResponse)
    {
        command.Sasl = exchange;
        if (!initialResponse.IsEmpty)
        {
            exchange.AddResponse(initialResponse);
        }

        Authenticating = command;
    }

    /// <summary>The server sent a challenge; only the command under way expects a response to it.</summary>
    private protected void AddChallenge(OpenCommand command, ReadOnlySpan<byte> challenge)
    {
        command.Sasl!.AddChallenge(challenge);
        IsResponseExpected = command == Authenticating;
        _isGuess = false;
    }

    /// <summary>Takes a line of the client that is a response.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isCommand">True when it begins with a verb: then it is a response only if the server asked for one.</param>
    private protected bool TryTakeResponse(ReadOnlySpan<byte> line, bool isCommand)
    {
        if (Authenticating is not { } command || !IsResponseExpected || (_isGuess && isCommand))
        {
            return false;
        }

        command.Sasl!.AddResponse(line);
        IsResponseExpected = false;
        WaitFor(command);
        return true;
    }

    /// <summary>No exchange is under way any more.</summary>
    private protected void EndAuthentication()
    {
        Authenticating = null;
        IsResponseExpected = false;
    }

    // Without the server's word a line is a response unless it is a command.
    private void GuessResponse()
    {
        IsResponseExpected = true;
        _isGuess = true;
    }

    /// <inheritdoc/>
    protected override void OnSideEnd(Direction direction, in PacketStamp at)
    {
        // A client may close first and still get its answers.
        if (direction != Client)
        {
            _isServerEnded = true;
            Flush(at);
        }
    }

    /// <inheritdoc/>
    protected override void Flush(in PacketStamp at)
    {
        foreach (OpenCommand command in _open)
        {
            Emit(command, Client, at);
        }

        _open.Clear();
    }

    /// <summary>A command was given; its answer is still to come.</summary>
    private protected void Begin(OpenCommand command, in PacketStamp at)
    {
        if (_isServerEnded)
        {
            Emit(command, Client, at);
            return;
        }

        if (_open.Count == MaxOpenCommands)
        {
            Complete(_open[0], at);
        }

        _open.Add(command);
    }

    /// <summary>A command is answered.</summary>
    private protected void Complete(OpenCommand command, in PacketStamp at)
    {
        if (_open.Remove(command))
        {
            Emit(command, Client, at);
        }
    }

    /// <summary>An answer came that no command asked for.</summary>
    private protected void EmitAnswer(int code, string? status, byte[] text, in PacketStamp at) =>
        Emit(new OpenCommand { Verb = "", Argument = [], At = at, Code = code, Status = status, Reply = text }, 1 - Client, at);

    /// <summary>A command with its argument cut to what is kept.</summary>
    private protected static OpenCommand Command(string verb, ReadOnlySpan<byte> argument, in PacketStamp at, string tag = "") => new()
    {
        Verb = verb,
        Argument = argument[..Math.Min(argument.Length, CommandRecord.MaxKeptLength)].ToArray(),
        At = at,
        Tag = tag,
    };
}
