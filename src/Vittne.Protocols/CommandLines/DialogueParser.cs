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

    /// <summary>The direction that gives commands.</summary>
    protected Direction Client { get; private set; }

    /// <summary>True when a line of the server was seen.</summary>
    protected bool HasAnswered { get; private set; }

    /// <summary>Commands without a complete answer, the oldest first.</summary>
    private protected IReadOnlyList<OpenCommand> Open => _open;

    /// <summary>The oldest command without a complete answer, or null.</summary>
    private protected OpenCommand? Oldest => _open.Count > 0 ? _open[0] : null;

    /// <summary>True when an empty line of the client says something.</summary>
    protected virtual bool IsEmptyLineMeant => false;

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
