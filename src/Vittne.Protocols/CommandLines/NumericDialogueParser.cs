using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.CommandLines;

/// <summary>What SMTP and FTP share: answers with three-digit codes, some of which only announce another one.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public abstract class NumericDialogueParser(FlowIdentity flow, IRecordSink sink) : DialogueParser(flow, sink)
{
    private const int MaxInterim = 16;
    private const int MaxEarly = 16;
    private const int ServiceReady = 220;

    private readonly NumericReply _reply = new();

    // Answers to commands that are there and wait to be read: a client that does not wait sends a message and QUIT at once.
    private readonly Queue<(int Code, byte[] Text)> _early = new();
    private bool _hasGreeting;

    /// <summary>Whether a code announces another answer to the same command.</summary>
    private protected abstract bool IsInterim(OpenCommand command, int code);

    /// <summary>An answer announced another one.</summary>
    private protected virtual void OnInterim(OpenCommand command)
    {
    }

    /// <summary>The last answer to a command is there; its record is still to be emitted.</summary>
    private protected virtual void OnFinal(OpenCommand command, in PacketStamp at)
    {
    }

    /// <summary>Whether a command is answered with the code of a greeting.</summary>
    private protected abstract bool IsReadyAsked(OpenCommand command);

    /// <inheritdoc/>
    protected sealed override void OnAnswerLine(ReadOnlySpan<byte> line, in PacketStamp at)
    {
        if (!_reply.IsOpen && !CommandLine.IsNumericReply(line))
        {
            Stray(1 - Client, at);
            return;
        }

        Confirm(1 - Client);
        if (_reply.Take(line))
        {
            OnReply(_reply.Code, _reply.Text, at);
        }
    }

    /// <inheritdoc/>
    protected override void OnLoss(Direction direction, in PacketStamp at)
    {
        if (direction != Client)
        {
            // Which answer belongs to which command is not known any more.
            _reply.Reset();
            Flush(at);
            StopWaiting(Client);
        }
    }

    /// <inheritdoc/>
    protected sealed override void AfterCommandLine(in PacketStamp at)
    {
        while (Oldest is not null && _early.TryDequeue(out (int Code, byte[] Text) early))
        {
            OnReply(early.Code, early.Text, at);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Flush(in PacketStamp at)
    {
        base.Flush(at);
        while (_early.TryDequeue(out (int Code, byte[] Text) early))
        {
            EmitAnswer(early.Code, null, early.Text, at);
        }
    }

    private void OnReply(int code, byte[] text, in PacketStamp at)
    {
        bool isFirst = !_hasGreeting;
        _hasGreeting = true;
        Align(code, at);
        if (Oldest is null && !isFirst && IsHeld(Client) && _early.Count < MaxEarly)
        {
            _early.Enqueue((code, text));
            return;
        }

        if (Oldest is not { } command || (isFirst && code == ServiceReady && !IsReadyAsked(command)))
        {
            EmitAnswer(code, null, text, at);
            return;
        }

        if (IsInterim(command, code))
        {
            command.Interim ??= [];
            if (command.Interim.Count < MaxInterim)
            {
                command.Interim.Add(code);
            }

            command.Reply = text;
            OnInterim(command);
            return;
        }

        command.Code = code;
        command.Reply = text;
        OnFinal(command, at);
        Complete(command, at);
        if (IsHandOver(command))
        {
            HandOver(at);
        }
    }

    /// <summary>Whether a code is an answer to this command alone.</summary>
    private protected virtual bool IsOwnCode(OpenCommand command, int code) => false;

    // A server that leaves a reply out or never ends one shifts all that follow; a code that only one command can have sets that right.
    private void Align(int code, in PacketStamp at)
    {
        for (int i = 0; i < Open.Count; i++)
        {
            if (IsOwnCode(Open[i], code))
            {
                for (; i > 0; i--)
                {
                    Complete(Open[0], at);
                }

                return;
            }
        }
    }

    /// <summary>Whether an answered command says that another protocol follows.</summary>
    private protected abstract bool IsHandOver(OpenCommand command);
}
