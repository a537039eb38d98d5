namespace Vittne.Flows.Records;

/// <summary>A field as somebody asked for it.</summary>
/// <param name="Name">The name that was used, an alias perhaps: head and key of the column.</param>
/// <param name="Field">The field.</param>
public sealed record FlowColumn(string Name, FlowField Field)
{
    /// <summary>True for the common field <c>ts</c>, which is a date where its argus name <c>stime</c> is decimal seconds.</summary>
    public bool IsDate { get; } = Name.Equals("ts", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the common field <c>transport</c>, which has the protocol names of all records.</summary>
    public bool IsTransport { get; } = Name.Equals("transport", StringComparison.OrdinalIgnoreCase);
}
