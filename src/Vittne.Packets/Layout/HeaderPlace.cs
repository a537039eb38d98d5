namespace Vittne.Packets.Layout;

/// <summary>Where a header lies in a packet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Where the bytes end that it and what it carries have, as far as they were captured.</param>
/// <param name="Protocol">IP protocol number, for <see cref="HeaderKind.Transport"/>.</param>
public readonly record struct HeaderPlace(HeaderKind Kind, int Start, int End, byte Protocol);
