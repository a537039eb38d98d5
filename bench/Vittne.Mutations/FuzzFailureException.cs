namespace Vittne.Mutations;

/// <summary>A promise was broken without an exception of its own.</summary>
/// <param name="message">Which one.</param>
internal sealed class FuzzFailureException(string message) : Exception(message);
