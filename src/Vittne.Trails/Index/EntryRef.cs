namespace Vittne.Trails.Index;

/// <summary>An indicator of one of the lists.</summary>
/// <param name="List">Number of the list.</param>
/// <param name="Entry">Number of the entry in it.</param>
internal readonly record struct EntryRef(int List, int Entry);
