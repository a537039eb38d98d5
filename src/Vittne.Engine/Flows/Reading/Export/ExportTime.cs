namespace Vittne.Engine.Flows.Reading.Export;

/// <summary>First or last time of a flow, of which a record may tell several: the finest counts.</summary>
internal struct ExportTime
{
    private const ulong NsPerSecond = 1_000_000_000;
    private const uint NtpOffset = 2_208_988_800;

    private int _rank;

    /// <summary>Nanoseconds since the epoch; -1 unknown.</summary>
    public long Ns { get; private set; }

    /// <summary>True when it has nanoseconds.</summary>
    public readonly bool HasNanoseconds => _rank == 4;

    /// <summary>Nothing is known.</summary>
    public static ExportTime Unknown => new() { Ns = -1 };

    /// <summary>Whole units since the epoch.</summary>
    public void Set(ulong units, long nsPerUnit)
    {
        int rank = nsPerUnit >= (long)NsPerSecond ? 1 : 2;
        if (rank > _rank && units <= (ulong)(long.MaxValue / nsPerUnit))
        {
            _rank = rank;
            Ns = (long)units * nsPerUnit;
        }
    }

    /// <summary>Seconds since 1900 modulo 2^32 and a binary fraction; taken for the years 1970 to 2106.</summary>
    public void SetNtp(ulong ntp, bool isMicrosecond)
    {
        int rank = isMicrosecond ? 3 : 4;
        if (rank <= _rank)
        {
            return;
        }

        _rank = rank;
        uint second = unchecked((uint)(ntp >> 32) - NtpOffset);
        ulong fraction = ((ntp & uint.MaxValue) * NsPerSecond) >> 32;
        Ns = (second * (long)NsPerSecond) + (long)(isMicrosecond ? fraction / 1_000 * 1_000 : fraction);
    }
}
