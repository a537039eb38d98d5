using System.Buffers.Binary;
using System.Text;

namespace Vittne.Engine.Sandbox;

/// <summary>Restricts which files the calling thread may touch (landlock(7)); the numbers of its calls are the same on all architectures.</summary>
internal static class Landlock
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const int TellVersion = 1;
    private const int PathBeneath = 1;

    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong RemoveFile = 1 << 5;
    private const ulong MakeFolder = 1 << 7;
    private const ulong MakeFile = 1 << 8;
    private const ulong Truncate = 1 << 14;

    /// <summary>Bits of file rights that each version knows, from version 1: renaming between folders came with 2, truncation with 3, devices with 5.</summary>
    private static ReadOnlySpan<byte> FileRightBits => [13, 14, 15, 15, 16];

    /// <summary>LANDLOCK_ACCESS_NET_BIND_TCP and LANDLOCK_ACCESS_NET_CONNECT_TCP, from version 4.</summary>
    private const ulong AllNetwork = 3;

    // What libc and the runtime read when a program has long begun: limits of memory, time zones, libraries that are loaded late.
    private static readonly string[] System =
    [
        "/usr", "/lib", "/lib64", "/sys", "/proc/self", "/proc/meminfo", "/proc/stat", "/proc/cpuinfo", "/dev/null", "/dev/urandom",
        "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/ssl", "/etc/pki",
    ];

    private static readonly string[] Resolver =
    [
        "/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/gai.conf", "/etc/nsswitch.conf", "/etc/services", "/etc/protocols", "/run/systemd/resolve",
    ];

    /// <summary>Restricts the calling thread and those that it will start.</summary>
    /// <returns>False when the kernel knows no Landlock or refuses.</returns>
    public static bool Restrict(SandboxRules rules)
    {
        nint version = LinuxCalls.Call(CreateRuleset, structure: null, 0, TellVersion);
        if (version < 1)
        {
            return false;
        }

        ulong handled = (1ul << FileRightBits[(int)Math.Min(version, FileRightBits.Length) - 1]) - 1;
        byte[] attributes = new byte[version < 4 ? 8 : 16];
        BinaryPrimitives.WriteUInt64LittleEndian(attributes, handled);
        if (attributes.Length > 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(attributes.AsSpan(8), rules.UsesNetwork ? 0 : AllNetwork);
        }

        int set = (int)LinuxCalls.Call(CreateRuleset, attributes, attributes.Length, 0);
        if (set < 0)
        {
            return false;
        }

        foreach (string path in (string[])[.. System, .. rules.UsesNetwork ? Resolver : [], .. rules.Read])
        {
            Allow(set, path, handled & ReadFile, handled & ReadFolder);
        }

        foreach (string folder in rules.WriteIn)
        {
            Allow(set, folder, handled & (ReadFile | WriteFile | Truncate), handled & (ReadFolder | MakeFile | (rules.ReplacesFiles ? RemoveFile : 0) | (rules.MakesFolders ? MakeFolder : 0)));
        }

        bool isRestricted = LinuxCalls.Call(RestrictSelf, set, 0, structure: null, 0) == 0;
        _ = LinuxCalls.Close(set);
        return isRestricted;
    }

    private static void Allow(int set, string path, ulong onFiles, ulong onFolders)
    {
        // What does not exist needs no right, and standard input is open.
        int file = LinuxCalls.Open([.. Encoding.UTF8.GetBytes(path), 0], LinuxCalls.NameOnly);
        if (file < 0)
        {
            return;
        }

        byte[] beneath = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(beneath, onFiles | (Directory.Exists(path) ? onFolders : 0));
        BinaryPrimitives.WriteInt32LittleEndian(beneath.AsSpan(8), file);
        _ = LinuxCalls.Call(AddRule, set, PathBeneath, beneath, 0);
        _ = LinuxCalls.Close(file);
    }
}
