namespace Vittne.Protocols.Patterns;

/// <summary>What an instruction of a <see cref="PatternProgram"/> does. Three bits.</summary>
internal enum PatternOperation : byte
{
    /// <summary>Takes one byte of the set named by the argument and goes on at the next instruction.</summary>
    Set,

    /// <summary>Goes on at the next instruction and, with less preference, at the argument.</summary>
    Split,

    /// <summary>Goes on at the argument and, with less preference, at the next instruction.</summary>
    SplitToTarget,

    /// <summary>Goes on at the argument.</summary>
    Jump,

    /// <summary>Goes on at the next instruction when the assertion in the argument holds.</summary>
    Assert,

    /// <summary>The pattern named by the argument has matched.</summary>
    Match,
}
