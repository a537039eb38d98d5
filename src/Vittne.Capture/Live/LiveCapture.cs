using System.Diagnostics;
using System.Runtime.Versioning;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Live;

/// <summary>
/// Captures from an interface of a Linux machine through a ring shared with the kernel: packets stay where the kernel wrote them until
/// their batch is returned.
/// </summary>
public sealed class LiveCapture : ILiveSource
{
    /// <summary>The name that stands for all interfaces.</summary>
    public const string Any = "any";

    private const string Loopback = "lo";
    private const byte Outgoing = 4;

    /// <summary>Milliseconds beyond the retire time in which the kernel must have handed over its last block.</summary>
    private const int RetireSlack = 40;

    /// <summary>How long before now a packet may have come that is still to be read: far more than any retire time.</summary>
    private static readonly TimeSpan HorizonDistance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StatisticsInterval = TimeSpan.FromSeconds(1);

    private readonly LiveCaptureOptions _options;
    private readonly PacketSocket _socket;
    private readonly CaptureRing _ring;
    private readonly CaptureSection _section;
    private readonly int _loopbackIndex;
    private readonly long _droppedBefore;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private RingBlock _block;
    private int _current = -1;
    private TimeSpan _statisticsAt;
    private TimeSpan? _endsBy;
    private long _captured;
    private long _received;
    private long _droppedByKernel;
    private long _freezes;
    private bool _hasEnded;

    private LiveCapture(string name, LiveCaptureOptions options, PacketSocket socket, CaptureRing ring)
    {
        Name = name;
        _options = options;
        _socket = socket;
        _ring = ring;
        _section = new CaptureSection { IsBigEndian = !BitConverter.IsLittleEndian, MajorVersion = 1, MinorVersion = 0 };
        _section.Add(new CaptureInterface { LinkType = socket.LinkType, SnapLength = (uint)options.SnapLength, TimestampResolution = 9, Name = name, Filter = options.Filter?.Expression });
        _loopbackIndex = (int)LinuxCalls.InterfaceIndex(Loopback);
        _droppedBefore = NetworkInterfaces.Dropped(CountedName);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public ushort LinkType => _section.Interfaces[0].LinkType;

    /// <inheritdoc/>
    public string? Interruption { get; private set; }

    /// <summary>Bytes of the ring.</summary>
    public long RingLength { get; private init; }

    /// <inheritdoc/>
    public long HorizonNs => (DateTime.UtcNow - HorizonDistance - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private string? CountedName => Name == Any ? null : Name;

    /// <summary>Begins to capture from an interface, or from all for <see cref="Any"/>.</summary>
    /// <exception cref="LiveCaptureException">It cannot be captured; the message says why in one line.</exception>
    public static LiveCapture Open(string name, LiveCaptureOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        options ??= new LiveCaptureOptions();
        return OperatingSystem.IsLinux()
            ? OpenRing(name, options)
            : throw new LiveCaptureException($"{name} cannot be captured: live capture is there on Linux only; record a file with another program and read that");
    }

    /// <inheritdoc/>
    public LiveCounters Counters()
    {
        (uint packets, uint drops, uint freezes) = _socket.Statistics();
        _received += packets;
        _droppedByKernel += drops;
        _freezes += freezes;
        _statisticsAt = _clock.Elapsed;
        long dropped = Math.Max(0, NetworkInterfaces.Dropped(CountedName) - _droppedBefore);
        return new LiveCounters(_captured, _received, _droppedByKernel, dropped, _freezes);
    }

    /// <inheritdoc/>
    public bool Wait(int milliseconds)
    {
        if (_current >= 0 || _ring.IsReady || _hasEnded)
        {
            return true;
        }

        if (Interruption is not null)
        {
            Resume();
        }

        TimeSpan now = _clock.Elapsed;
        if (_options.Duration is { } duration && _endsBy is null)
        {
            milliseconds = (int)Math.Clamp((duration - now).TotalMilliseconds, 0, milliseconds);
        }

        if (!_socket.Poll(milliseconds))
        {
            Fail(_socket.PendingError());
        }

        _hasEnded = _clock.Elapsed > _endsBy && !_ring.IsReady;
        return _ring.IsReady || _hasEnded;
    }

    /// <inheritdoc/>
    public ReadOutcome Read(PacketBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Return();
        batch.Start();
        TimeSpan now = _clock.Elapsed;
        if (now > _options.Duration)
        {
            Stop();
        }

        if (now - _statisticsAt > StatisticsInterval)
        {
            // The kernel counts in 32 bits.
            Counters();
        }

        // A block may hold nothing of use: on the loopback, half of it is seen twice.
        while (batch.Count == 0 && !_hasEnded && (_current >= 0 || _ring.IsReady))
        {
            Fill(batch);
        }

        return _hasEnded && batch.Count == 0 ? ReadOutcome.End : ReadOutcome.More;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (_endsBy is null)
        {
            _socket.Take(snapLength: 0);
            _endsBy = _clock.Elapsed + TimeSpan.FromMilliseconds(_options.RetireMilliseconds + RetireSlack);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ring.Dispose();
        _socket.Dispose();
    }

    /// <summary>Begins to capture with several rings that share the packets of an interface.</summary>
    /// <exception cref="LiveCaptureException">It cannot be captured.</exception>
    [SupportedOSPlatform("linux")]
    internal static List<LiveCapture> OpenGroup(string name, LiveCaptureOptions options)
    {
        var members = new List<LiveCapture>(options.Rings);
        int group = LinuxCalls.ProcessNumber() ^ (name == Any ? 0 : (int)LinuxCalls.InterfaceIndex(name));
        try
        {
            // A socket can join only when it receives, and before it has joined it would receive what belongs to others: so nothing until all have.
            for (int i = 0; i < options.Rings; i++)
            {
                LiveCapture member = OpenRing(name, options, isInGroup: true);
                members.Add(member);
                member._socket.Join(group);
            }

            foreach (LiveCapture member in members)
            {
                Attach(member._socket, options);
            }

            return members;
        }
        catch
        {
            members.ForEach(static member => member.Dispose());
            throw;
        }
    }

    [SupportedOSPlatform("linux")]
    private static LiveCapture OpenRing(string name, LiveCaptureOptions options, bool isInGroup = false)
    {
        int index = name == Any ? 0 : (int)LinuxCalls.InterfaceIndex(name);
        if (index == 0 && name != Any)
        {
            List<string> names = NetworkInterfaces.Names();
            throw new LiveCaptureException($"there is no interface '{name}'; there are {string.Join(", ", names)}, and {Any} for all of them");
        }

        int blocks = (int)Math.Clamp(
            (options.RingLength + LiveCaptureOptions.BlockLength - 1) / LiveCaptureOptions.BlockLength, 1, LiveCaptureOptions.MaxRingLength / LiveCaptureOptions.BlockLength);
        PacketSocket socket = PacketSocket.Open(name, index);
        CaptureRing? ring = null;
        try
        {
            socket.SetRing(LiveCaptureOptions.BlockLength, blocks, options.RetireMilliseconds);
            ring = new CaptureRing(socket, LiveCaptureOptions.BlockLength, blocks);
            if (isInGroup)
            {
                socket.Take(snapLength: 0);
            }
            else
            {
                Attach(socket, options);
            }

            var capture = new LiveCapture(name, options, socket, ring) { RingLength = (long)blocks * LiveCaptureOptions.BlockLength };
            socket.Begin(options.IsPromiscuous);
            return capture;
        }
        catch
        {
            ring?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static void Attach(PacketSocket socket, LiveCaptureOptions options)
    {
        if (options.Filter is not { } filter)
        {
            socket.Take(options.SnapLength);
            return;
        }

        if (!filter.TryPrepare(socket.LinkType, out FilterError? error))
        {
            throw new LiveFilterException(error);
        }

        // A kernel that does not take the program hands over everything: the filter is looked at again anyway.
        BpfProgram program = filter.ToBpf(socket.LinkType, options.SnapLength, BpfTarget.LinuxSocket);
        if (!socket.TryTake(program.Instructions))
        {
            socket.Take(options.SnapLength);
        }
    }

    private void Fill(PacketBatch batch)
    {
        if (_current < 0)
        {
            _current = _ring.Take();
            _block = new RingBlock(_ring.Block(_current));
        }

        Span<byte> block = _ring.Block(_current);
        batch.Start(_ring, _current);
        batch.Enter(_section);
        while (batch.Count < PacketBatch.Capacity && _captured < _options.MaxPackets
            && _block.TryNext(block, out RingFrame frame, out int headersEnd, out int start))
        {
            // What leaves by the loopback comes back by it: it is taken then.
            if (frame.Direction != Outgoing || frame.Interface != _loopbackIndex)
            {
                Add(batch, block, frame, headersEnd, start);
            }
        }

        if (_captured >= _options.MaxPackets)
        {
            _hasEnded = true;
        }

        if (batch.Count < PacketBatch.Capacity)
        {
            // What is left is beyond the wish of the user, or headers that make no sense: those packets are lost like dropped ones.
            _droppedByKernel += _hasEnded ? 0 : _block.Left;
            _ring.Return(_current);
            _current = -1;
        }

        if (batch.Count == 0)
        {
            batch.Return();
        }
    }

    private void Add(PacketBatch batch, Span<byte> block, in RingFrame frame, int headersEnd, int start)
    {
        int added = LinkType switch
        {
            LinkLayer.Cooked => FrameHeaders.WriteCooked(block, frame, headersEnd, ref start),
            LinkLayer.Ethernet => FrameHeaders.RestoreVlan(block, frame, headersEnd, ref start),
            _ => 0,
        };
        long captured = Math.Min(frame.CapturedLength + (long)added, _options.SnapLength);
        long original = Math.Min(frame.OriginalLength + (long)added, int.MaxValue);
        batch.Packets[batch.Count++] = new PacketRef(
            frame.TimestampNs, ++_captured, _ring.Offset(_current) + start, (int)captured, (int)original, LinkType, 0);
    }

    private void Fail(int error)
    {
        if (error == LinuxCalls.NetDown && _options.WaitsForReturn && Failure is null && _endsBy is null)
        {
            Interruption ??= LinuxCalls.InterfaceIndex(Name) == 0 ? "was removed" : "went down";
        }
        else if (error != 0 && Failure is null)
        {
            Failure = error != LinuxCalls.NetDown ? $"cannot be read any more (error {error}); what came before was read"
                : LinuxCalls.InterfaceIndex(Name) == 0 ? "was removed; what came before was read"
                : "went down; what came before was read";
            Stop();
        }
    }

    private void Resume()
    {
        try
        {
            Interruption = _endsBy is null && !_socket.TryResume(_options.IsPromiscuous) ? Interruption : null;
        }
        catch (LiveCaptureException)
        {
            Interruption = null;
            Failure = "was away and cannot be captured any more; what came before was read";
            Stop();
        }
    }
}
