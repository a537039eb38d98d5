namespace Vittne.Engine.Info;

/// <summary>A digest of a file.</summary>
/// <param name="Name">Name such as <c>sha256</c>.</param>
/// <param name="Hex">Its value in lower-case hex.</param>
public sealed record FileDigest(string Name, string Hex);
