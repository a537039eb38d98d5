using System.CommandLine;
using System.Globalization;
using Vittne.Capture.Filters;
using Vittne.Capture.Live;

namespace Vittne.Cli.Verbs;

/// <summary>Which interface to read from and how, read from the command line and checked.</summary>
internal sealed class LiveRequest
{
    /// <summary>On a terminal someone waits for each line.</summary>
    private const int TerminalRetireMilliseconds = 10;

    private LiveRequest(string name, LiveCaptureOptions options, string? user)
    {
        Interface = name;
        Options = options;
        User = user;
    }

    /// <summary>Name of the interface.</summary>
    public string Interface { get; }

    /// <summary>How packets are taken.</summary>
    public LiveCaptureOptions Options { get; }

    /// <summary>Who to become when all is open; null to stay.</summary>
    public string? User { get; }

    /// <summary>The same interface with other options.</summary>
    public LiveRequest With(LiveCaptureOptions options, string? user) => new(Interface, options, user);

    /// <summary>The same, but only packets that match; null for all.</summary>
    public LiveRequest Matching(PacketFilter? filter) => With(Options with { Filter = filter }, User);

    /// <summary>Reads the options.</summary>
    /// <param name="o">The options.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">What is asked for; null when no interface is named.</param>
    /// <returns>What is wrong, as a line without a name in front; null when nothing is.</returns>
    public static string? Read(LiveArguments o, ParseResult parsed, out LiveRequest? request)
    {
        request = null;
        string[] names = [.. (parsed.GetValue(o.Interface) ?? []).Where(static name => !File.Exists(name))];
        if (names.Length == 0)
        {
            Option? lonely = Array.Find(o.All, option => option != o.Interface && parsed.GetResult(option) is { Implicit: false });
            return lonely is null || parsed.GetResult(o.Interface) is not null ? null : $"{lonely.Name} goes with {o.Interface.Name} IFACE only";
        }

        if (names.Length > 1)
        {
            return $"one interface at a time; '{o.Interface.Name} {LiveCapture.Any}' reads all of them";
        }

        var options = new LiveCaptureOptions { IsPromiscuous = !parsed.GetValue(o.NoPromiscuous) };
        if (!Console.IsOutputRedirected)
        {
            options = options with { RetireMilliseconds = TerminalRetireMilliseconds };
        }

        if (parsed.GetValue(o.Ring) is { } size)
        {
            if (!TryParseSize(size, out long length) || length is < 1 or > LiveCaptureOptions.MaxRingLength)
            {
                return $"--ring '{size}' is no size from 1M to 16G";
            }

            options = options with { RingLength = length };
        }

        if (parsed.GetResult(o.Count) is not null)
        {
            options = options with { MaxPackets = parsed.GetValue(o.Count) };
        }

        if (parsed.GetResult(o.Duration) is not null)
        {
            double seconds = parsed.GetValue(o.Duration);
            if (seconds is not (> 0 and <= 1e9))
            {
                return "--duration must be a number of seconds above 0";
            }

            options = options with { Duration = TimeSpan.FromSeconds(seconds) };
        }

        request = new LiveRequest(names[0], options, parsed.GetValue(o.User));
        return options.MaxPackets < 1 ? "--count must be 1 or more" : null;
    }

    /// <summary>Reads a number of bytes, with K, M or G behind it for powers of 1,024.</summary>
    internal static bool TryParseSize(string text, out long length)
    {
        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        ReadOnlySpan<char> digits = shift == 0 ? text : text.AsSpan(0, text.Length - 1);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > long.MaxValue >> shift)
        {
            return false;
        }

        length <<= shift;
        return true;
    }
}
