using System.Runtime.CompilerServices;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Flows.Table;

/// <summary>
/// The flows of one shard: open addressing (load at most one half) from hash to slab index, and a timer wheel with slots of one second.
/// A flow is moved in the wheel only when its slot comes up, so a packet costs no list operation.
/// </summary>
internal sealed class FlowTable
{
    private const int WheelSlots = 4096;
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly List<FlowEntry[]> _entries = [];
    private readonly List<FlowSession?[]> _sessions = [];
    private readonly int[] _wheel = new int[WheelSlots];
    private Slot[] _slots = new Slot[256];
    private int _free = -1;
    private int _used;
    private long _second = long.MinValue;

    public FlowTable() => Array.Fill(_wheel, -1);

    /// <summary>Flows in the table.</summary>
    public int Count { get; private set; }

    /// <summary>An entry by its index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref FlowEntry Entry(int index) => ref _entries[index >> ChunkBits][index & (ChunkLength - 1)];

    /// <summary>The session beside an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref FlowSession? Session(int index) => ref _sessions[index >> ChunkBits][index & (ChunkLength - 1)];

    /// <summary>The flow of a packet, or -1.</summary>
    public int Find(in DecodedPacket packet)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        uint hash = packet.FlowHash;
        for (int at = Home(hash, mask); ; at = (at + 1) & mask)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.Index == 0)
            {
                return -1;
            }

            if (slot.Hash == hash && Entry(slot.Index - 1).Matches(packet))
            {
                return slot.Index - 1;
            }
        }
    }

    /// <summary>Looks at the place of a hash and the entry there, to have both in the cache soon; the number says nothing.</summary>
    public int Warm(uint hash)
    {
        Slot[] slots = _slots;
        ref readonly Slot slot = ref slots[Home(hash, slots.Length - 1)];
        if (slot.Index == 0 || slot.Hash != hash)
        {
            return slot.Index;
        }

        int index = slot.Index - 1;
        return (int)Entry(index).Hash + (Session(index) is TcpSession ? 1 : 0);
    }

    /// <summary>The first flow at the home of a hash, when its hash is the same: nearly always the one that is looked for; else -1.</summary>
    public int Look(uint hash)
    {
        Slot[] slots = _slots;
        ref readonly Slot slot = ref slots[Home(hash, slots.Length - 1)];
        return slot.Hash == hash ? slot.Index - 1 : -1;
    }

    /// <summary>Makes room for a new flow; the caller fills the entry, whose hash is set already.</summary>
    public int Add(uint hash, long nowNs, long deadlineNs)
    {
        if (_second == long.MinValue)
        {
            _second = nowNs / 1_000_000_000;
        }

        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
        }

        int index = _free;
        if (index >= 0)
        {
            _free = Entry(index).Next;
        }
        else
        {
            index = _used++;
            if (index >> ChunkBits == _entries.Count)
            {
                _entries.Add(new FlowEntry[ChunkLength]);
                _sessions.Add(new FlowSession?[ChunkLength]);
            }
        }

        ref FlowEntry entry = ref Entry(index);
        entry = default;
        entry.Hash = hash;
        Put(_slots, hash, index);
        Count++;
        Schedule(index, ref entry, deadlineNs);
        return index;
    }

    /// <summary>
    /// Takes the flows out of the wheel whose slots came up since the last call. For each of them <paramref name="deadline"/> tells when it
    /// ends; those that are not due yet are put back.
    /// </summary>
    /// <param name="nowNs">Capture time, never going back.</param>
    /// <param name="deadline">When a flow ends.</param>
    /// <param name="expire">Called before a flow leaves the table.</param>
    public void Advance(long nowNs, Func<int, long> deadline, Action<int> expire)
    {
        long second = nowNs / 1_000_000_000;
        if (_second == long.MinValue)
        {
            return;
        }

        long steps = Math.Min(second - _second, WheelSlots);
        for (long step = 0; step < steps; step++)
        {
            long slot = second - steps + 1 + step;
            int index = _wheel[slot & (WheelSlots - 1)];
            _wheel[slot & (WheelSlots - 1)] = -1;
            while (index >= 0)
            {
                int next = Entry(index).Next;
                long due = deadline(index);
                if (due <= nowNs)
                {
                    expire(index);
                    Remove(index);
                }
                else
                {
                    _second = Math.Max(_second, slot);
                    Schedule(index, ref Entry(index), due);
                }

                index = next;
            }
        }

        _second = Math.Max(_second, second);
    }

    /// <summary>Ends flows early, those first that would time out next, until <paramref name="count"/> are gone.</summary>
    public void Evict(int count, Action<int> expire)
    {
        for (long slot = _second + 1; count > 0 && slot <= _second + WheelSlots; slot++)
        {
            ref int head = ref _wheel[slot & (WheelSlots - 1)];
            while (head >= 0 && count > 0)
            {
                int index = head;
                head = Entry(index).Next;
                expire(index);
                Remove(index);
                count--;
            }
        }
    }

    /// <summary>Calls back for every flow, oldest first.</summary>
    public void ForEach(Action<int> visit) => ByAge().ForEach(visit);

    /// <summary>All flows, oldest first.</summary>
    public List<int> ByAge()
    {
        var all = new List<int>(Count);
        foreach (Slot slot in _slots)
        {
            if (slot.Index > 0)
            {
                all.Add(slot.Index - 1);
            }
        }

        all.Sort((left, right) => Entry(left).Id.CompareTo(Entry(right).Id));
        return all;
    }

    private static int Home(uint hash, int mask) => (int)((hash * 0x9E3779B1u) >> 8) & mask;

    private static void Put(Slot[] slots, uint hash, int index)
    {
        int mask = slots.Length - 1;
        int at = Home(hash, mask);
        while (slots[at].Index != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = new Slot { Hash = hash, Index = index + 1 };
    }

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        foreach (Slot slot in _slots)
        {
            if (slot.Index != 0)
            {
                Put(larger, slot.Hash, slot.Index - 1);
            }
        }

        _slots = larger;
    }

    private void Schedule(int index, ref FlowEntry entry, long deadlineNs)
    {
        // Rounded up: when the slot comes up the deadline has passed.
        long second = Math.Clamp((deadlineNs / 1_000_000_000) + 1, _second + 1, _second + WheelSlots - 1);

        ref int head = ref _wheel[second & (WheelSlots - 1)];
        entry.Next = head;
        head = index;
    }

    private void Remove(int index)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        ref FlowEntry entry = ref Entry(index);
        int at = Home(entry.Hash, mask);
        while (slots[at].Index != index + 1)
        {
            at = (at + 1) & mask;
        }

        // Backward shift keeps probe chains without tombstones.
        for (int next = (at + 1) & mask; slots[next].Index != 0; next = (next + 1) & mask)
        {
            int home = Home(slots[next].Hash, mask);
            if (((next - home) & mask) >= ((next - at) & mask))
            {
                slots[at] = slots[next];
                at = next;
            }
        }

        slots[at] = default;
        Session(index) = null;
        entry.Next = _free;
        _free = index;
        Count--;
    }

    private struct Slot
    {
        public uint Hash;

        /// <summary>Slab index plus one; 0 is an empty slot.</summary>
        public int Index;
    }
}
