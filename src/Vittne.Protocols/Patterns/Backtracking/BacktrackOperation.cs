namespace Vittne.Protocols.Patterns.Backtracking;

/// <summary>What a <see cref="BacktrackInstruction"/> does.</summary>
internal enum BacktrackOperation : byte
{
    /// <summary>Takes one byte of set A.</summary>
    Set,

    /// <summary>Goes on at A and, when that fails, at B.</summary>
    Split,

    /// <summary>Goes on at A.</summary>
    Jump,

    /// <summary>Goes on when assertion A holds.</summary>
    Assert,

    /// <summary>Keeps the position in slot A.</summary>
    Save,

    /// <summary>Fails when the position is the one in slot A: a turn of a loop that took nothing ends the loop.</summary>
    Progress,

    /// <summary>Takes the text of capture A once more; without case when B is 1.</summary>
    Reference,

    /// <summary>Steps back over A bytes.</summary>
    Back,

    /// <summary>Finds what follows up to <see cref="Accept"/> without taking it, then goes on at A; B is 1 when it must not be found.</summary>
    Look,

    /// <summary>Finds what follows up to <see cref="Accept"/> in the way found first, then goes on at A.</summary>
    Atomic,

    /// <summary>The match, or what <see cref="Look"/> or <see cref="Atomic"/> wanted, is found.</summary>
    Accept,
}
