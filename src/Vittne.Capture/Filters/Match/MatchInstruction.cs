using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Match;

/// <summary>One step of the matcher; the two targets count for tests only, others go on to the next step.</summary>
internal struct MatchInstruction
{
    public MatchOperation Operation;

    /// <summary>What an arithmetic step does.</summary>
    public ValueOperation Arithmetic;

    /// <summary>Bytes, or kind, of what is walked.</summary>
    public byte Kind;

    /// <summary>Where a result is kept.</summary>
    public ushort Target;

    /// <summary>First operand.</summary>
    public ushort Left;

    /// <summary>Second operand.</summary>
    public ushort Right;

    /// <summary>Offset, constant, or number of a set.</summary>
    public uint Offset;

    /// <summary>Bits that count.</summary>
    public uint Mask;

    /// <summary>What is compared with.</summary>
    public uint Number;

    /// <summary>Next step when the test holds.</summary>
    public int True;

    /// <summary>Next step when not.</summary>
    public int False;
}
