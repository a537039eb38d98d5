namespace Vittne.Capture.Live;

/// <summary>An interface of this machine.</summary>
/// <param name="Index">Its number; 0 for all interfaces together.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state in one word: <c>up</c>, <c>down</c>, <c>unknown</c> …</param>
/// <param name="Addresses">Its IP addresses.</param>
public sealed record InterfaceFacts(int Index, string Name, string State, IReadOnlyList<string> Addresses);
