using Vittne.Packets;

namespace Vittne.Trails.Heuristics;

/// <summary>What heuristics look up and how they are set. Immutable: all workers share one.</summary>
public sealed class HeuristicContext
{
    private readonly AddressRanges _home = AddressRanges.None;

    /// <summary>Trails and whitelist; without, nothing is known and nothing whitelisted.</summary>
    public required ITrailIndex? Index { get; init; }

    /// <summary>
    /// Networks that count as home beside the private ones, in CIDR notation. Texts that are no network are passed over:
    /// <see cref="AddressRanges.TryParse"/> names them to whoever asks before.
    /// </summary>
    public IReadOnlyList<string> HomeNetworks
    {
        get;
        init
        {
            field = value;
            _home = AddressRanges.OfThoseThatParse(value);
        }
    } = [];

    /// <summary>Window of the scan heuristics in seconds of capture time, 1 to 3600.</summary>
    public int ScanWindowSeconds { get; init; } = 30;

    /// <summary>Ids of the heuristics that are switched off.</summary>
    public IReadOnlySet<string> Disabled { get; init; } = new HashSet<string>();

    /// <summary>Ids of the heuristics that are switched on though they are off by default.</summary>
    public IReadOnlySet<string> Enabled { get; init; } = new HashSet<string>();

    internal long ScanWindowNs => ScanWindowSeconds * 1_000_000_000L;

    internal bool IsEnabled(DetectorDescriptor descriptor) =>
        (descriptor.IsOnByDefault || Enabled.Contains(descriptor.Name)) && !Disabled.Contains(descriptor.Name);

    internal bool IsHome(in IpAddress address) => AddressRanges.Private.Contains(address) || _home.Contains(address);

    /// <summary>True for an address of one host that is not at home.</summary>
    internal bool IsOutside(in IpAddress address) =>
        !IsHome(address) && !address.IsMulticast && !address.IsBroadcast && !address.IsUnspecified;
}
