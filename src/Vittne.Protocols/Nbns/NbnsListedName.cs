namespace Vittne.Protocols.Nbns;

/// <summary>One name that a node tells in a status response (RFC 1002 section 4.2.18).</summary>
/// <param name="Name">The name.</param>
/// <param name="Suffix">Its 16th byte.</param>
/// <param name="IsGroup">A name of a group, not of one node.</param>
/// <param name="IsActive">In use.</param>
internal readonly record struct NbnsListedName(string Name, byte Suffix, bool IsGroup, bool IsActive);
