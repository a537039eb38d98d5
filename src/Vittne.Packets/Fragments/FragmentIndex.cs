namespace Vittne.Packets.Fragments;

/// <summary>
/// Finds the datagram of a fragment: open addressing (load at most one half) with the hash beside the number, so that a fragment of a new
/// datagram, the usual one in a spray, costs one cache line.
/// </summary>
/// <param name="all">All datagrams by their number.</param>
internal sealed class FragmentIndex(List<FragmentedDatagram> all)
{
    private Slot[] _slots = new Slot[64];

    /// <summary>Datagrams in the index.</summary>
    public int Count { get; private set; }

    /// <summary>The datagram with the key, or none.</summary>
    public FragmentedDatagram? Find(in FragmentKey key, uint hash)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)hash & mask; slots[at].Place != 0; at = (at + 1) & mask)
        {
            if (slots[at].Hash == hash && all[slots[at].Place - 1] is FragmentedDatagram datagram && datagram.Key == key)
            {
                return datagram;
            }
        }

        return null;
    }

    /// <summary>Adds a datagram that <see cref="Find"/> does not know.</summary>
    public void Add(FragmentedDatagram datagram)
    {
        if ((Count + 1) * 2 > _slots.Length)
        {
            Slot[] before = _slots;
            _slots = new Slot[before.Length * 2];
            foreach (Slot slot in before)
            {
                if (slot.Place != 0)
                {
                    Put(slot);
                }
            }
        }

        Put(new Slot(datagram.Hash, datagram.Number + 1));
        Count++;
    }

    /// <summary>Removes a datagram that is there.</summary>
    public void Remove(FragmentedDatagram datagram)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)datagram.Hash & mask;
        while (slots[at].Place != datagram.Number + 1)
        {
            at = (at + 1) & mask;
        }

        // Those behind move up, so that no mark of what was there is needed.
        for (int next = (at + 1) & mask; slots[next].Place != 0; next = (next + 1) & mask)
        {
            int home = (int)slots[next].Hash & mask;
            if (((next - home) & mask) >= ((next - at) & mask))
            {
                slots[at] = slots[next];
                at = next;
            }
        }

        slots[at] = default;
        Count--;
    }

    private void Put(Slot slot)
    {
        int mask = _slots.Length - 1;
        int at = (int)slot.Hash & mask;
        while (_slots[at].Place != 0)
        {
            at = (at + 1) & mask;
        }

        _slots[at] = slot;
    }

    /// <param name="Hash">Hash of the key.</param>
    /// <param name="Place">Number of the datagram plus one; 0 is an empty slot.</param>
    private readonly record struct Slot(uint Hash, int Place);
}
