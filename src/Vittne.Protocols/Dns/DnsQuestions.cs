namespace Vittne.Protocols.Dns;

/// <summary>Enumerates the questions of a message that are whole; it ends at the first that is not.</summary>
public ref struct DnsQuestions
{
    private readonly ReadOnlySpan<byte> _message;
    private int _left;

    internal DnsQuestions(ReadOnlySpan<byte> message, int count)
    {
        _message = message;
        _left = count;
        Position = DnsMessage.HeaderLength;
    }

    /// <summary>The question that was reached last.</summary>
    public DnsQuestion Current { get; private set; }

    /// <summary>Offset behind the current question.</summary>
    internal int Position { get; private set; }

    /// <summary>Why it ended before the count of the header.</summary>
    internal DnsWalkEnd End { get; private set; }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly DnsQuestions GetEnumerator() => this;

    /// <summary>Steps to the next question.</summary>
    public bool MoveNext()
    {
        if (_left <= 0)
        {
            return false;
        }

        End = DnsWalk.TryReadQuestion(_message, Position, out DnsQuestion question, out int next);
        if (End != DnsWalkEnd.None)
        {
            _left = 0;
            return false;
        }

        _left--;
        Current = question;
        Position = next;
        return true;
    }
}
