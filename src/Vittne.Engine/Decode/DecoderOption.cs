namespace Vittne.Engine.Decode;

/// <summary>Something that can be set for a decoder.</summary>
/// <param name="Name">Its name; on the command line behind that of the decoder and a dot.</param>
/// <param name="Default">The value when nothing is set; may be empty.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Check">What is wrong with a value, in words; null when it is good.</param>
public sealed record DecoderOption(string Name, string Default, string Description, Func<string, string?> Check);
