using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vittne.Capture.Filters.Bpf;

namespace Vittne.Capture.Live;

/// <summary>An AF_PACKET socket with a TPACKET_V3 ring (packet(7)). It receives nothing before <see cref="Begin"/>.</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    private const int AddressLength = 20;
    private const int Version3 = 2;
    private const int FrameLength = 2048;
    private const ushort AllProtocols = 3;
    private const ushort ReturnConstant = 0x06;
    private const ushort Promiscuous = 1;

    // PACKET_FANOUT_HASH with PACKET_FANOUT_FLAG_ROLLOVER: by the ends of a packet, or into another ring when that one is full. Fragments are not
    // put together (FLAG_DEFRAG): the kernel would hand over datagrams that were never on the wire.
    private const int HashWithRollover = 0x1000;

    // struct ifreq: 16 bytes of name, then what is asked for, the flags first.
    private const int RequestLength = 40;
    private const int NameLength = 16;
    private const short UpFlag = 1;

    private readonly string _name;
    private readonly SafeFileHandle _handle;
    private int _index;

    private PacketSocket(string name, int index, int type)
    {
        _name = name;
        _index = index;
        int socket = LinuxCalls.Socket(LinuxCalls.PacketFamily, type | LinuxCalls.CloseOnExec, 0);
        if (socket < 0)
        {
            throw Refused(Marshal.GetLastPInvokeError());
        }

        _handle = new SafeFileHandle(socket, ownsHandle: true);
    }

    /// <summary>LINKTYPE_ value of the packets.</summary>
    public ushort LinkType { get; private set; }

    private int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Opens a socket for an interface; number 0 is all of them.</summary>
    /// <exception cref="LiveCaptureException">It may not be opened, or the interface is down.</exception>
    public static PacketSocket Open(string name, int index)
    {
        if (index == 0)
        {
            return new PacketSocket(name, index, LinuxCalls.SocketDatagram) { LinkType = LinkLayer.Cooked };
        }

        var socket = new PacketSocket(name, index, LinuxCalls.SocketRaw);
        try
        {
            // Bound without a protocol it receives nothing, but knows its hardware.
            socket.Bind(protocol: 0);
            socket.LinkType = LinkLayer.Of(socket.Hardware());
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (socket.LinkType != LinkLayer.Cooked)
        {
            return socket;
        }

        socket.Dispose();
        return new PacketSocket(name, index, LinuxCalls.SocketDatagram) { LinkType = LinkLayer.Cooked };
    }

    /// <summary>Asks for the ring.</summary>
    public void SetRing(int blockLength, int blocks, int retireMilliseconds)
    {
        SetNumber(LinuxCalls.Version, Version3);
        SetNumber(LinuxCalls.Reserve, FrameHeaders.Reserve);
        // Block size, blocks, frame size, frames, retire time, private bytes, features: struct tpacket_req3.
        ReadOnlySpan<uint> request =
            [(uint)blockLength, (uint)blocks, FrameLength, (uint)(blockLength / FrameLength * blocks), (uint)retireMilliseconds, 0, 0];
        fixed (uint* value = request)
        {
            Check(LinuxCalls.SetOption(Descriptor, LinuxCalls.PacketLevel, LinuxCalls.RxRing, value, (uint)request.Length * sizeof(uint)));
        }
    }

    /// <summary>Maps the ring.</summary>
    public nint Map(nuint length)
    {
        nint start = LinuxCalls.Map(0, length, LinuxCalls.ReadWrite, LinuxCalls.Shared, Descriptor, 0);
        return start == -1 ? throw Refused(Marshal.GetLastPInvokeError()) : start;
    }

    /// <summary>Takes at most so many bytes of each packet from now on; 0 takes no packet at all.</summary>
    public void Take(int snapLength) => Check(Attach([new BpfInstruction(ReturnConstant, 0, 0, (uint)snapLength)]));

    /// <summary>Takes what a program takes from now on; false when the kernel does not accept it.</summary>
    public bool TryTake(IReadOnlyList<BpfInstruction> program) => Attach(program) == 0;

    /// <summary>Begins to receive.</summary>
    public void Begin(bool isPromiscuous)
    {
        if (isPromiscuous && _index != 0)
        {
            // struct packet_mreq: interface, type, address length, address.
            Span<byte> membership = stackalloc byte[16];
            membership.Clear();
            MemoryMarshal.Write(membership, _index);
            MemoryMarshal.Write(membership[4..], Promiscuous);
            fixed (byte* value = membership)
            {
                Check(LinuxCalls.SetOption(Descriptor, LinuxCalls.PacketLevel, LinuxCalls.AddMembership, value, (uint)membership.Length));
            }
        }

        Bind(AllProtocols);
        int error = PendingError();
        if (error != 0)
        {
            throw Refused(error);
        }
    }

    /// <summary>Joins a group that shares the packets of the interface. Only once it receives.</summary>
    /// <param name="group">Number of the group: 16 bits.</param>
    public void Join(int group) => SetNumber(LinuxCalls.Fanout, (group & 0xFFFF) | (HashWithRollover << 16));

    /// <summary>Receives again, if the interface is back.</summary>
    /// <exception cref="LiveCaptureException">It is back, but not as what it was.</exception>
    public bool TryResume(bool isPromiscuous)
    {
        int index = (int)LinuxCalls.InterfaceIndex(_name);
        if (index == 0 || !IsUp())
        {
            return false;
        }

        if (index != _index)
        {
            // The old one is gone; one that only was down is bound again by the kernel.
            _index = index;
            Bind(protocol: 0);
            if (LinkLayer.Of(Hardware()) != LinkType)
            {
                throw new LiveCaptureException($"{_name} came back as an interface of another kind");
            }

            Begin(isPromiscuous);
        }

        return true;
    }

    /// <summary>Waits for a block, at most so long. False when the socket has an error, which <see cref="PendingError"/> tells.</summary>
    public bool Poll(int milliseconds)
    {
        var entry = new LinuxCalls.PollEntry { File = Descriptor, Wanted = LinuxCalls.PollIn };
        int count = LinuxCalls.Poll(&entry, 1, milliseconds);
        return count <= 0 || (entry.Happened & ~LinuxCalls.PollIn) == 0;
    }

    /// <summary>The number of an error that waits on the socket, or 0; reading it clears it.</summary>
    public int PendingError()
    {
        int error = 0;
        uint length = sizeof(int);
        return LinuxCalls.GetOption(Descriptor, LinuxCalls.SocketLevel, LinuxCalls.SocketError, &error, &length) == 0 ? error : 0;
    }

    /// <summary>Packets, drops and freezes since the last call (struct tpacket_stats_v3); packets include drops.</summary>
    public (uint Packets, uint Drops, uint Freezes) Statistics()
    {
        uint* values = stackalloc uint[3];
        new Span<uint>(values, 3).Clear();
        uint length = 3 * sizeof(uint);
        _ = LinuxCalls.GetOption(Descriptor, LinuxCalls.PacketLevel, LinuxCalls.Statistics, values, &length);
        return (values[0], values[1], values[2]);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private bool IsUp()
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        if (Encoding.UTF8.GetByteCount(_name) >= NameLength)
        {
            return false;
        }

        Encoding.UTF8.GetBytes(_name, request);
        fixed (byte* argument = request)
        {
            return LinuxCalls.Control(Descriptor, LinuxCalls.InterfaceFlags, argument) == 0
                && (MemoryMarshal.Read<short>(request[NameLength..]) & UpFlag) != 0;
        }
    }

    private int Attach(IReadOnlyList<BpfInstruction> program)
    {
        // A struct sock_fprog is the number of instructions and a pointer to them, each a struct sock_filter of 8 bytes.
        ulong[] instructions = new ulong[program.Count];
        for (int i = 0; i < instructions.Length; i++)
        {
            BpfInstruction step = program[i];
            Span<byte> bytes = MemoryMarshal.AsBytes(instructions.AsSpan(i, 1));
            MemoryMarshal.Write(bytes, step.Code);
            bytes[2] = step.True;
            bytes[3] = step.False;
            MemoryMarshal.Write(bytes[4..], step.Number);
        }

        nint* header = stackalloc nint[2];
        header[0] = instructions.Length;
        fixed (ulong* start = instructions)
        {
            header[1] = (nint)start;
            return LinuxCalls.SetOption(Descriptor, LinuxCalls.SocketLevel, LinuxCalls.AttachFilter, header, (uint)(2 * sizeof(nint)));
        }
    }

    private void Bind(ushort protocol)
    {
        // struct sockaddr_ll: family, protocol in network order, interface, and what only received addresses have.
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)LinuxCalls.PacketFamily);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], protocol);
        MemoryMarshal.Write(address[4..], _index);
        fixed (byte* value = address)
        {
            Check(LinuxCalls.Bind(Descriptor, value, AddressLength));
        }
    }

    private ushort Hardware()
    {
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        uint length = AddressLength;
        fixed (byte* value = address)
        {
            Check(LinuxCalls.GetSocketName(Descriptor, value, &length));
        }

        return MemoryMarshal.Read<ushort>(address[8..]);
    }

    private void SetNumber(int option, int value) =>
        Check(LinuxCalls.SetOption(Descriptor, LinuxCalls.PacketLevel, option, &value, sizeof(int)));

    private void Check(int result)
    {
        if (result < 0)
        {
            throw Refused(Marshal.GetLastPInvokeError());
        }
    }

    private LiveCaptureException Refused(int error) => new(error switch
    {
        LinuxCalls.NotPermitted or LinuxCalls.AccessDenied =>
            $"{_name} may not be captured; start as root, or allow it once: setcap cap_net_raw=ep {Environment.ProcessPath ?? "vittne"}",
        LinuxCalls.NetDown => $"{_name} is down; bring it up first: ip link set {_name} up",
        LinuxCalls.NoDevice => $"{_name} is gone",
        LinuxCalls.OutOfMemory => $"{_name}: there is no memory for the ring; ask for a smaller one with --ring",
        LinuxCalls.FamilyNotSupported => $"{_name} cannot be captured: this kernel has no packet sockets",
        _ => $"{_name} cannot be captured: {Marshal.GetPInvokeErrorMessage(error)}",
    });
}
