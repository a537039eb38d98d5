namespace Vittne.Flows.Metering;

/// <summary>After how long without packets a flow is over; capture time in nanoseconds.</summary>
public sealed record FlowTimeouts
{
    private const long Second = 1_000_000_000;

    /// <summary>TCP handshake without answer.</summary>
    public long HandshakeNs { get; init; } = 60 * Second;

    /// <summary>TCP otherwise, while it is open.</summary>
    public long EstablishedNs { get; init; } = 3600 * Second;

    /// <summary>TCP that was closed or reset: stragglers still belong to it for so long.</summary>
    public long LingerNs { get; init; } = 30 * Second;

    /// <summary>UDP seen in one direction only.</summary>
    public long OneWayNs { get; init; } = 60 * Second;

    /// <summary>UDP seen in both directions.</summary>
    public long TwoWayNs { get; init; } = 180 * Second;

    /// <summary>ICMP and all other protocols.</summary>
    public long OtherNs { get; init; } = 60 * Second;

    /// <summary>A record is written at the latest after so long, though the flow goes on; 0 for never.</summary>
    public long ActiveNs { get; init; }

    /// <summary>
    /// True when a connection that was not answered in time is over though its client goes on, and when a jump in sequence numbers begins no new one:
    /// as Zeek does it.
    /// </summary>
    public bool EndsAttempts { get; init; }

    /// <summary>As argus 3.0.8 has them.</summary>
    public static FlowTimeouts Argus { get; } = new() { EstablishedNs = 60 * Second, LingerNs = 60 * Second, TwoWayNs = 60 * Second };

    /// <summary>As Zeek has them.</summary>
    public static FlowTimeouts Zeek { get; } = new() { EstablishedNs = 300 * Second, HandshakeNs = 5 * Second, LingerNs = 5 * Second, TwoWayNs = 60 * Second, EndsAttempts = true };

    /// <summary>As Suricata has them.</summary>
    public static FlowTimeouts Suricata { get; } = new() { OneWayNs = 30 * Second, TwoWayNs = 300 * Second, LingerNs = 0, OtherNs = 30 * Second };

    /// <summary>The preset of a name: <c>argus</c>, <c>zeek</c>, <c>suricata</c>; null for others.</summary>
    public static FlowTimeouts? Named(string name) => name switch
    {
        "argus" => Argus,
        "zeek" => Zeek,
        "suricata" => Suricata,
        _ => null,
    };

    /// <summary>The same with one idle time for everything but handshakes and closed connections.</summary>
    public FlowTimeouts WithIdle(long idleNs) => this with
    {
        HandshakeNs = Math.Min(HandshakeNs, idleNs),
        EstablishedNs = idleNs,
        LingerNs = Math.Min(LingerNs, idleNs),
        OneWayNs = idleNs,
        TwoWayNs = idleNs,
        OtherNs = idleNs,
    };
}
