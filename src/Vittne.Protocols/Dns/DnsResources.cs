namespace Vittne.Protocols.Dns;

/// <summary>Enumerates the resource records of all sections that are whole; it ends at the first that is not.</summary>
public ref struct DnsResources
{
    private readonly DnsMessage _message;
    private DnsSection _section = DnsSection.Question;
    private int _left;
    private int _position;

    internal DnsResources(DnsMessage message)
    {
        _message = message;
        DnsQuestions questions = message.Questions;
        while (questions.MoveNext())
        {
        }

        // Behind a damaged question nothing has a known place.
        End = questions.End;
        _position = questions.Position;
    }

    /// <summary>The record that was reached last.</summary>
    public DnsResource Current { get; private set; }

    /// <summary>Why it ended before the counts of the header.</summary>
    internal DnsWalkEnd End { get; private set; }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly DnsResources GetEnumerator() => this;

    /// <summary>Steps to the next record.</summary>
    public bool MoveNext()
    {
        if (End != DnsWalkEnd.None)
        {
            return false;
        }

        while (_left == 0)
        {
            if (_section == DnsSection.Additional)
            {
                return false;
            }

            _section++;
            _left = _message.CountOf(_section);
        }

        End = DnsWalk.TryReadResource(_message.Bytes, _position, _section, out DnsResource resource, out int next);
        if (End != DnsWalkEnd.None)
        {
            return false;
        }

        _left--;
        _position = next;
        Current = resource;
        return true;
    }
}
