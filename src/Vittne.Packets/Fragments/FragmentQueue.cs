namespace Vittne.Packets.Fragments;

/// <summary>Datagrams by age, linked through themselves.</summary>
internal sealed class FragmentQueue
{
    private FragmentedDatagram? _youngest;

    /// <summary>The one that waits longest.</summary>
    public FragmentedDatagram? Oldest { get; private set; }

    public void Add(FragmentedDatagram datagram)
    {
        datagram.Older = _youngest;
        if (_youngest is null)
        {
            Oldest = datagram;
        }
        else
        {
            _youngest.Younger = datagram;
        }

        _youngest = datagram;
    }

    public void Remove(FragmentedDatagram datagram)
    {
        if (datagram.Older is null)
        {
            Oldest = datagram.Younger;
        }
        else
        {
            datagram.Older.Younger = datagram.Younger;
        }

        if (datagram.Younger is null)
        {
            _youngest = datagram.Older;
        }
        else
        {
            datagram.Younger.Older = datagram.Older;
        }

        datagram.Older = null;
        datagram.Younger = null;
    }
}
