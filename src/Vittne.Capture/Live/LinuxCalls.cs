using System.Runtime.InteropServices;

namespace Vittne.Capture.Live;

/// <summary>The system calls of live capture. Numbers are those of every architecture that .NET runs on.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int PacketFamily = 17;
    public const int SocketDatagram = 2;
    public const int SocketRaw = 3;
    public const int CloseOnExec = 0x80000;
    public const int SocketLevel = 1;
    public const int SocketError = 4;
    public const int AttachFilter = 26;
    public const int PacketLevel = 263;
    public const int AddMembership = 1;
    public const int RxRing = 5;
    public const int Statistics = 6;
    public const int Version = 10;
    public const int Reserve = 12;
    public const int Fanout = 18;
    public const nuint InterfaceFlags = 0x8913;

    public const int NotPermitted = 1;
    public const int OutOfMemory = 12;
    public const int AccessDenied = 13;
    public const int NoDevice = 19;
    public const int FamilyNotSupported = 97;
    public const int NetDown = 100;

    public const int ReadWrite = 3;
    public const int Shared = 1;

    public const short PollIn = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int socket, void* address, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "getpid")]
    public static partial int ProcessNumber();

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "if_nameindex", SetLastError = true)]
    public static partial InterfaceEntry* InterfaceNames();

    [LibraryImport("libc", EntryPoint = "if_freenameindex")]
    public static partial void FreeInterfaceNames(InterfaceEntry* names);

    /// <summary>struct pollfd of poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    /// <summary>struct if_nameindex of if_nameindex(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct InterfaceEntry
    {
        public uint Index;
        public byte* Name;
    }
}
