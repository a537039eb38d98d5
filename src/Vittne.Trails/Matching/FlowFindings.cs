using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>
/// What was told in one flow, so that a name that stands in the query, the Host header and the handshake is one event. The same name
/// from the same place again is news: somebody asked again.
/// </summary>
internal sealed class FlowFindings
{
    /// <summary>A flow with more different finds than this repeats itself across sources; its first finds are forgotten.</summary>
    private const int MaxKept = 64;

    /// <summary>Longer texts are not kept: an attacker chooses the length of a URL.</summary>
    private const int MaxTextLength = 512;

    private readonly List<(Direction Direction, EventType Type, string Text, string Source)> _told = [];
    private int _oldest;

    /// <summary>Remembers a find. False when the same was told from another place in the same direction.</summary>
    public bool TryAdd(Direction direction, EventType type, string text, string source)
    {
        foreach ((Direction Direction, EventType Type, string Text, string Source) told in _told)
        {
            if (told.Direction == direction && told.Type == type && string.Equals(told.Text, text, StringComparison.Ordinal))
            {
                return string.Equals(told.Source, source, StringComparison.Ordinal);
            }
        }

        if (text.Length > MaxTextLength)
        {
            return true;
        }

        if (_told.Count < MaxKept)
        {
            _told.Add((direction, type, text, source));
        }
        else
        {
            _told[_oldest] = (direction, type, text, source);
            _oldest = (_oldest + 1) % MaxKept;
        }

        return true;
    }

    /// <summary>True when the given side told the same.</summary>
    public bool WasTold(Direction direction, EventType type, string text)
    {
        foreach ((Direction Direction, EventType Type, string Text, string Source) told in _told)
        {
            if (told.Direction == direction && told.Type == type && string.Equals(told.Text, text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
