namespace Vittne.Capture.Filters.Match;

/// <summary>Steps of the matcher.</summary>
internal enum MatchOperation : byte
{
    Reject,
    Accept,

    /// <summary>Byte at a fixed place, masked, against a number; the byte is kept.</summary>
    TestByte,

    /// <summary>The same with 2 bytes.</summary>
    TestHalf,

    /// <summary>The same with 4 bytes.</summary>
    TestWord,

    /// <summary>2 bytes at a place from a base, against a number; they are kept.</summary>
    TestHalfFrom,

    /// <summary>A kept value, masked, against a number.</summary>
    TestSlot,

    /// <summary>A kept value against a set of numbers.</summary>
    TestSet,
    GreaterNumber,
    GreaterOrEqualNumber,
    EqualSlot,
    GreaterSlot,
    GreaterOrEqualSlot,

    LoadByte,
    LoadHalf,
    LoadWord,
    LoadByteFrom,
    LoadHalfFrom,
    LoadWordFrom,
    HeaderLength,
    Length,
    Constant,
    Move,
    Negate,
    Arithmetic,
    WirelessHeader,
    ProtocolChain,
}
