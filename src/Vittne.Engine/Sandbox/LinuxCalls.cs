using System.Runtime.InteropServices;

namespace Vittne.Engine.Sandbox;

/// <summary>The calls into libc by which a process gives up rights. All arguments are plain numbers and pinned bytes.</summary>
internal static class LinuxCalls
{
    /// <summary>O_PATH and O_CLOEXEC of open(2), the same on x86-64 and arm64: a file to name, not to read.</summary>
    public const int NameOnly = 0x28_0000;

    /// <summary>struct passwd of getpwnam(3); the static buffer of libc, valid until the next call. Null when there is no such user.</summary>
    [DllImport("libc", EntryPoint = "getpwnam", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint FindUser(byte[] name);

    /// <summary>Sets the groups of a user for all threads: libc carries the change to each of them, as setgid(2) and setuid(2) do.</summary>
    [DllImport("libc", EntryPoint = "initgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetGroupsOf(byte[] name, uint group);

    [DllImport("libc", EntryPoint = "setgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetGroup(uint group);

    [DllImport("libc", EntryPoint = "setuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetUser(uint user);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Close(int file);

    /// <summary>A system call that libc has no function for, with a structure as its first argument.</summary>
    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Call(nint number, byte[]? structure, nint length, nint flags);

    /// <summary>A system call that libc has no function for, with a structure as its third argument.</summary>
    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Call(nint number, nint first, nint second, byte[]? structure, nint fourth);
}
