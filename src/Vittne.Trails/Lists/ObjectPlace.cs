namespace Vittne.Trails.Lists;

/// <summary>An object of a list that has objects instead of lines.</summary>
/// <param name="Number">Its number from 1.</param>
/// <param name="Id">Its id, for complaints.</param>
/// <param name="Meta">Number of what is said of its indicators.</param>
internal readonly record struct ObjectPlace(int Number, string Id, int Meta);
