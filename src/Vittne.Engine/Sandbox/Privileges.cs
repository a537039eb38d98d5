using System.Runtime.InteropServices;
using System.Text;

namespace Vittne.Engine.Sandbox;

/// <summary>
/// Gives up the rights of root for good. Opening an interface needs them, reading from it does not: call <see cref="Drop"/> when the ring and the
/// outputs are open.
/// </summary>
public static class Privileges
{
    private const int SetNoNewPrivileges = 38;

    // struct passwd: name, password, then the numbers of user and group; the same in glibc and musl.
    private static readonly int UserOffset = 2 * nint.Size;
    private static readonly int GroupOffset = UserOffset + sizeof(uint);

    /// <summary>Becomes another user, with the groups of that user and no way back, in all threads of the process.</summary>
    /// <param name="user">Name of the user.</param>
    /// <returns>What is wrong, in one line without a name in front; null when the process is that user now.</returns>
    public static string? Drop(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!OperatingSystem.IsLinux())
        {
            return "another user can be taken on Linux only";
        }

        byte[] name = [.. Encoding.UTF8.GetBytes(user), 0];
        nint entry = user.Contains('\0', StringComparison.Ordinal) ? 0 : LinuxCalls.FindUser(name);
        if (entry == 0)
        {
            return $"there is no user '{user}'";
        }

        uint id = (uint)Marshal.ReadInt32(entry, UserOffset);
        uint group = (uint)Marshal.ReadInt32(entry, GroupOffset);
        uint now = LinuxCalls.EffectiveUser();
        if (now != 0)
        {
            return now == id ? KeepSo() : $"becoming '{user}' needs root";
        }

        if (LinuxCalls.SetGroupsOf(name, group) != 0 || LinuxCalls.SetGroup(group) != 0 || LinuxCalls.SetUser(id) != 0)
        {
            return $"becoming '{user}' failed: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        // Whoever could become root again gave up nothing.
        return id != 0 && LinuxCalls.SetUser(0) == 0 ? $"becoming '{user}' left a way back to root" : KeepSo();
    }

    /// <summary>From now on no program that this process starts gains rights by its set-user-ID bit (PR_SET_NO_NEW_PRIVS, prctl(2)).</summary>
    /// <returns>True when the kernel agreed.</returns>
    internal static bool ForbidNewOnes() => OperatingSystem.IsLinux() && LinuxCalls.Control(SetNoNewPrivileges, 1, 0, 0, 0) == 0;

    private static string? KeepSo()
    {
        // No kernel of this century refuses; the right user is what was asked for.
        ForbidNewOnes();
        return null;
    }
}
