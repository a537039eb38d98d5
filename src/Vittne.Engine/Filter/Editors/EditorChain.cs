using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>All changes that were asked for, in the order in which they make sense.</summary>
internal sealed class EditorChain : IDisposable
{
    private readonly List<PacketEditor> _editors = [];
    private readonly DuplicateFilter? _duplicates;

    /// <param name="options">What was asked for.</param>
    public EditorChain(FilterOptions options)
    {
        if (options.Duplicates is { } duplicates)
        {
            _duplicates = new DuplicateFilter(duplicates);
            _editors.Add(_duplicates);
        }

        AddIf(options.Decapsulates, static () => new Decapsulation());
        AddIf(options.StripsPayload, static () => new PayloadStrip());
        AddIf(!options.AnonymisationKey.IsEmpty, () => new Anonymisation(new AddressMap(options.AnonymisationKey.Span, options.KeepsOui)));
        AddIf(options.ShiftNs != 0, () => new TimeShift(options.ShiftNs));
        AddIf(options.OrderDeltaNs is not null, () => new TimeOrder(options.OrderDeltaNs!.Value));
        AddIf(options.Chop is not null, () => new Chop(options.Chop!.Value, options.AdjustsLength));
        AddIf(options.SnapLength is not null, () => new SnapLength(options.SnapLength!.Value, options.AdjustsLength));
    }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty => _editors.Count == 0;

    /// <summary>Copies that were left out.</summary>
    public long Duplicates => _duplicates?.Dropped ?? 0;

    /// <summary>Why the run cannot go on; null while it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Changes a packet. False when it is left out.</summary>
    public bool Edit(ref OutputPacket packet)
    {
        foreach (PacketEditor editor in _editors)
        {
            if (!editor.Edit(ref packet))
            {
                return false;
            }

            Problem ??= editor.Problem;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PacketEditor editor in _editors)
        {
            (editor as IDisposable)?.Dispose();
        }
    }

    private void AddIf(bool isWanted, Func<PacketEditor> create)
    {
        if (isWanted)
        {
            _editors.Add(create());
        }
    }
}
