namespace Vittne.Trails.Lists;

/// <summary>One indicator of a parsed list. Its key lies in the list's key bytes.</summary>
/// <param name="KeyOffset">Where the key begins.</param>
/// <param name="KeyLength">Its length.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsFinal">True when no clean-up but the whitelist applies.</param>
/// <param name="Line">Line number from 1.</param>
/// <param name="Meta">Number of the saying in the list.</param>
internal readonly record struct ListEntry(int KeyOffset, ushort KeyLength, TrailKind Kind, bool IsFinal, int Line, int Meta);
