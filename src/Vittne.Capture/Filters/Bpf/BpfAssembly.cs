namespace Vittne.Capture.Filters.Bpf;

/// <summary>Instructions whose jumps lead to labels; lays them out, with a longer jump where a short one does not reach.</summary>
internal sealed class BpfAssembly
{
    private const int Reach = 255;

    private readonly List<(ushort Code, uint Number, int True, int False)> _items = [];
    private readonly Dictionary<int, int> _labels = [];
    private int _lastLabel = -1;

    /// <summary>How many there are so far.</summary>
    public int Count => _items.Count;

    /// <summary>A label of its own; those of nodes are their numbers.</summary>
    public int NewLabel() => --_lastLabel;

    /// <summary>The next instruction has this label.</summary>
    public void Mark(int label) => _labels[label] = _items.Count;

    /// <summary>An instruction without jump.</summary>
    public void Add(ushort code, uint number = 0) => _items.Add((code, number, 0, 0));

    /// <summary>A jump.</summary>
    public void Jump(int label) => _items.Add((BpfCode.Jump, 0, label, label));

    /// <summary>A comparison.</summary>
    public void Test(ushort code, uint number, int whenTrue, int whenFalse) => _items.Add((code, number, whenTrue, whenFalse));

    /// <summary>The instructions with offsets.</summary>
    public List<BpfInstruction> Lay()
    {
        bool[] isLong = new bool[_items.Count];
        int[] places = new int[_items.Count + 1];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = 0; i < _items.Count; i++)
            {
                places[i + 1] = places[i] + (isLong[i] ? 3 : 1);
            }

            for (int i = 0; i < _items.Count; i++)
            {
                if (!isLong[i] && IsTest(_items[i].Code)
                    && (Distance(places, i, _items[i].True) > Reach || Distance(places, i, _items[i].False) > Reach))
                {
                    isLong[i] = changed = true;
                }
            }
        }

        var program = new List<BpfInstruction>(places[^1]);
        for (int i = 0; i < _items.Count; i++)
        {
            (ushort code, uint number, int whenTrue, int whenFalse) = _items[i];
            if (code == BpfCode.Jump)
            {
                program.Add(new BpfInstruction(code, 0, 0, (uint)Distance(places, i, whenTrue)));
            }
            else if (!IsTest(code))
            {
                program.Add(new BpfInstruction(code, 0, 0, number));
            }
            else if (!isLong[i])
            {
                program.Add(new BpfInstruction(code, (byte)Distance(places, i, whenTrue), (byte)Distance(places, i, whenFalse), number));
            }
            else
            {
                program.Add(new BpfInstruction(code, 0, 1, number));
                program.Add(new BpfInstruction(BpfCode.Jump, 0, 0, (uint)Distance(places, i, whenTrue) - 1));
                program.Add(new BpfInstruction(BpfCode.Jump, 0, 0, (uint)Distance(places, i, whenFalse) - 2));
            }
        }

        return program;
    }

    private int Distance(int[] places, int item, int label) => places[_labels[label]] - places[item] - 1;

    private static bool IsTest(ushort code) => (code & 0x07) == 0x05 && code != BpfCode.Jump;
}
