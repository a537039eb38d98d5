namespace Vittne.Protocols.Patterns;

/// <summary>What beginning all patterns anew at one position, before a byte of one class, leads to.</summary>
/// <param name="Targets">The instructions to go on at after that byte, most preferred first.</param>
/// <param name="Pattern">The pattern that matches the empty text here, less preferred than the targets; -1 when there is none.</param>
internal sealed record FreshStart(int[] Targets, int Pattern);
