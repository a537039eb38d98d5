namespace Vittne.Flows.Metering;

/// <summary>What else is known of a measured packet.</summary>
[Flags]
internal enum MeasureMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Hardware addresses are set.</summary>
    HasMacs = 1,

    /// <summary>The TCP header was whole.</summary>
    IsWholeTcp = 2,

    /// <summary>A checksum is wrong.</summary>
    IsBad = 4,

    /// <summary>It stands for fragments without a transport header of their own.</summary>
    IsFragments = 8,

    /// <summary>Only the hardware address of the sender is set.</summary>
    HasSourceMac = 16,

    /// <summary>The capture holds less of its payload than was sent.</summary>
    IsCut = 32,
}
