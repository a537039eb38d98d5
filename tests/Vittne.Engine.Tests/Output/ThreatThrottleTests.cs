using CsCheck;
using Vittne.Engine.Output;

namespace Vittne.Engine.Tests.Output;

public sealed class ThreatThrottleTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    [Fact]
    public void First_events_of_a_window_come_at_once_and_the_others_as_one()
    {
        CountingWriter output = Run(new ThrottleOptions(3, 60), [.. Enumerable.Range(0, 10).Select(static i => (i * Second, 0))]);

        Assert.Equal([1, 1, 1, 7], output.Told.Select(static told => told.Count));
        Assert.Equal((Start + (3 * Second), Start + (9 * Second)), (output.Told[^1].Threat.At.TimestampNs, output.Told[^1].LastNs));
    }

    [Fact]
    public void Window_ends_on_the_time_of_packets()
    {
        CountingWriter output = Run(new ThrottleOptions(1, 60), [(0, 0), (1 * Second, 0), (59 * Second, 0), (60 * Second, 1), (61 * Second, 0)]);

        Assert.Equal([(0, 1L), (0, 2L), (1, 1L), (0, 1L)], output.Told.Select(static told => (int.Parse(told.Threat.Trail, System.Globalization.CultureInfo.InvariantCulture), told.Count)));
    }

    [Fact]
    public void Step_back_in_time_ends_all_windows()
    {
        CountingWriter output = Run(new ThrottleOptions(1, 60), [(1000 * Second, 0), (1001 * Second, 0), (0, 0), (1 * Second, 0)]);

        Assert.Equal([1, 1, 1, 1], output.Told.Select(static told => told.Count));
    }

    [Fact]
    public void Counts_add_up_to_the_events_whatever_their_times_and_trails()
    {
        Gen.Select(
            Gen.Int[1, 4], Gen.Int[1, 120], Gen.Select(Gen.Frequency((9, Gen.Long[0, 200 * Second]), (1, Gen.Long[-Start, long.MaxValue - Start])), Gen.Int[0, 4]).Array[0, 80])
            .Sample(static (burst, window, events) =>
            {
                CountingWriter output = Run(new ThrottleOptions(burst, window), events);
                return output.Sum == events.Length && output.Told.Count <= events.Length;
            });
    }

    [Fact]
    public void Flood_of_distinct_trails_is_told_whole_in_bounded_memory()
    {
        const int flood = 250_000;
        CountingWriter output = Run(new ThrottleOptions(1, 60), [.. Enumerable.Range(0, flood).Select(static i => (0L, i)), .. Enumerable.Range(0, flood).Select(static i => (0L, i))]);

        Assert.Equal(2 * flood, output.Sum);
    }

    private static CountingWriter Run(ThrottleOptions options, (long AfterNs, int Trail)[] events)
    {
        var output = new CountingWriter();
        var throttle = new ThreatThrottle(options, output);
        foreach ((long after, int trail) in events)
        {
            throttle.Write(Threats.Dns(trail: $"{trail}", atNs: Start + after));
        }

        throttle.Flush();
        Assert.Equal(events.Length - output.Told.Count, throttle.Condensed - throttle.CondensedInto);
        return output;
    }
}
