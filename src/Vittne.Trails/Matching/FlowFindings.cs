using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>
/// What was told in one flow, so that a name that stands in the query, the Host header and the handshake is one event. The same name
/// from the same place again is news: somebody asked again.
/// </summary>
internal sealed class FlowFindings
{
    /// <summary>More different finds than this in one flow: the first are forgotten, and may be told from two places.</summary>
    private const int MaxKept = 64;

    /// <summary>Longer texts are not kept: an attacker chooses the length of a URL.</summary>
    private const int MaxTextLength = 512;

    private readonly List<ToldFind> _told = [];
    private int _oldest;

    /// <summary>Remembers a find.</summary>
    /// <param name="find">What is about to be told.</param>
    /// <returns>False when the same was told from another place in the same direction, or from this place by the same record.</returns>
    public bool TryAdd(in ToldFind find)
    {
        int known = IndexOf(find.Direction, find.Type, find.Text);
        if (known >= 0)
        {
            ToldFind told = _told[known];
            bool isNews = string.Equals(told.Source, find.Source, StringComparison.Ordinal) && told.RecordNumber != find.RecordNumber;
            if (isNews)
            {
                _told[known] = find;
            }

            return isNews;
        }

        if (find.Text.Length > MaxTextLength)
        {
            return true;
        }

        if (_told.Count < MaxKept)
        {
            _told.Add(find);
        }
        else
        {
            _told[_oldest] = find;
            _oldest = (_oldest + 1) % MaxKept;
        }

        return true;
    }

    /// <summary>True when the given side told the same.</summary>
    public bool WasTold(Direction direction, EventType type, string text) => IndexOf(direction, type, text) >= 0;

    private int IndexOf(Direction direction, EventType type, string text)
    {
        for (int i = 0; i < _told.Count; i++)
        {
            ToldFind told = _told[i];
            if (told.Direction == direction && told.Type == type && string.Equals(told.Text, text, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
