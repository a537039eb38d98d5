namespace Vittne.Packets.Fragments;

/// <summary>Datagrams by age, linked by their numbers: links that are no references give the collector nothing to follow.</summary>
/// <param name="all">All datagrams by their number.</param>
internal sealed class FragmentQueue(List<FragmentedDatagram> all)
{
    /// <summary>No datagram.</summary>
    public const int None = -1;

    private int _oldest = None;
    private int _youngest = None;

    /// <summary>The one that waits longest.</summary>
    public FragmentedDatagram? Oldest => _oldest == None ? null : all[_oldest];

    public void Add(FragmentedDatagram datagram)
    {
        datagram.Older = _youngest;
        datagram.Younger = None;
        if (_youngest == None)
        {
            _oldest = datagram.Number;
        }
        else
        {
            all[_youngest].Younger = datagram.Number;
        }

        _youngest = datagram.Number;
    }

    public void Remove(FragmentedDatagram datagram)
    {
        if (datagram.Older == None)
        {
            _oldest = datagram.Younger;
        }
        else
        {
            all[datagram.Older].Younger = datagram.Younger;
        }

        if (datagram.Younger == None)
        {
            _youngest = datagram.Older;
        }
        else
        {
            all[datagram.Younger].Older = datagram.Older;
        }
    }
}
