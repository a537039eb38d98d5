using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Vittne.TestKit;

/// <summary>
/// A network of its own for one thread: a loopback and a pair of interfaces <see cref="Sending"/> and <see cref="Receiving"/> that are
/// wired to each other. No packet of the machine comes in and none gets out.
/// </summary>
public static class NetworkNamespace
{
    /// <summary>The end to send on.</summary>
    public const string Sending = "va";

    /// <summary>The end to capture on.</summary>
    public const string Receiving = "vb";

    /// <summary>CLONE_NEWNET of unshare(2).</summary>
    private const int NewNetwork = 0x4000_0000;

    /// <summary>Runs a test on a thread in a fresh namespace.</summary>
    /// <returns>Why that is not possible here; null when the test ran.</returns>
    public static string? Run(Action test)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces are there on Linux only";
        }

        string? obstacle = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                obstacle = Enter();
                if (obstacle is null)
                {
                    test();
                }
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return obstacle;
    }

    /// <summary>Runs <c>ip</c> with these arguments in the namespace of the calling thread; false when it fails.</summary>
    public static bool Ip(string arguments)
    {
        // A child has the namespace of the thread that starts it.
        using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string? Enter()
    {
        if (Unshare(NewNetwork) != 0)
        {
            return $"a network namespace may not be made here: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        try
        {
            // Without addresses and ARP the kernel itself says nothing on them; frames of any size pass.
            return Ip("link set lo up") && Ip($"link add {Sending} type veth peer name {Receiving}")
                && Ip($"link set {Sending} addrgenmode none arp off mtu 65535 up") && Ip($"link set {Receiving} addrgenmode none arp off mtu 65535 up")
                ? null
                : "a pair of virtual interfaces cannot be made here";
        }
        catch (Win32Exception)
        {
            return "the tool 'ip' (iproute2) is missing";
        }
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unshare(int flags);
}
