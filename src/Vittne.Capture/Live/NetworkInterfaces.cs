using System.Globalization;
using System.Runtime.InteropServices;

namespace Vittne.Capture.Live;

/// <summary>The interfaces of this machine, in the network namespace of the calling thread.</summary>
internal static unsafe class NetworkInterfaces
{
    // /sys shows the namespace in which it was mounted, this file that of the thread that asks.
    private const string Counters = "/proc/thread-self/net/dev";

    /// <summary>Column of dropped packets behind the name; the kernel adds up <c>rx_dropped</c> and <c>rx_missed_errors</c> there.</summary>
    private const int DropColumn = 3;

    /// <summary>Their names in the order of their numbers.</summary>
    public static List<string> Names()
    {
        var names = new List<string>();
        LinuxCalls.InterfaceEntry* entries = LinuxCalls.InterfaceNames();
        if (entries is not null)
        {
            for (LinuxCalls.InterfaceEntry* entry = entries; entry->Index != 0; entry++)
            {
                names.Add(Marshal.PtrToStringUTF8((nint)entry->Name) ?? "");
            }

            LinuxCalls.FreeInterfaceNames(entries);
        }

        return names;
    }

    /// <summary>Received packets that an interface has dropped since it exists, or all of them for null; 0 where that is not told.</summary>
    public static long Dropped(string? name)
    {
        try
        {
            return File.Exists(Counters) ? Dropped(File.ReadAllText(Counters), name) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The same from the text of that file.</summary>
    internal static long Dropped(string table, string? name)
    {
        long dropped = 0;
        foreach (ReadOnlySpan<char> line in table.AsSpan().EnumerateLines())
        {
            // "  eth0: 1234 5 0 2 …"; the two lines of headings have no colon.
            int colon = line.LastIndexOf(':');
            if (colon > 0 && (name is null || line[..colon].Trim().SequenceEqual(name)))
            {
                string[] columns = line[(colon + 1)..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > DropColumn && long.TryParse(columns[DropColumn], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                {
                    dropped += count;
                }
            }
        }

        return dropped;
    }
}
