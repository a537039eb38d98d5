namespace Vittne.Mutations;

/// <summary>An input to damage: its bytes, or the file that holds them (a thousand captures do not fit into memory).</summary>
/// <param name="Bytes">The bytes; null when they are in the file.</param>
/// <param name="Path">The file; empty when the bytes are there.</param>
internal readonly record struct Original(byte[]? Bytes, string Path)
{
    /// <summary>An input that is in memory.</summary>
    public static Original Of(byte[] bytes) => new(bytes, "");

    /// <summary>The bytes.</summary>
    public byte[] Load() => Bytes ?? File.ReadAllBytes(Path);
}
