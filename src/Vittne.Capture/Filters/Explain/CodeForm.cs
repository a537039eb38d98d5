namespace Vittne.Capture.Filters.Explain;

/// <summary>Forms of a compiled filter.</summary>
public enum CodeForm
{
    /// <summary>Instructions in words, as <c>tcpdump -d</c>.</summary>
    Listing,

    /// <summary>Initialisers in C, as <c>tcpdump -dd</c>.</summary>
    Initialisers,

    /// <summary>Decimal numbers, as <c>tcpdump -ddd</c>.</summary>
    Numbers,
}
