namespace Vittne.Trails;

/// <summary>How a detector presents itself in lists, in the documentation and in options.</summary>
/// <param name="Name">Lower case with dashes, stable: it is stored in cases and used in options.</param>
/// <param name="Description">What it finds, in one line that completes "finds …".</param>
/// <param name="IsOnByDefault">False when it must be asked for.</param>
public sealed record DetectorDescriptor(string Name, string Description, bool IsOnByDefault = true);
