namespace Vittne.Flows.Records;

/// <summary>A field as somebody asked for it.</summary>
/// <param name="Name">The name that was used, an alias perhaps: head and key of the column.</param>
/// <param name="Field">The field.</param>
public sealed record FlowColumn(string Name, FlowField Field);
