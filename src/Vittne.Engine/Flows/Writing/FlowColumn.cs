using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>A column or key that was asked for.</summary>
/// <param name="Name">Its name as asked: <c>saddr</c> and <c>src_ip</c> are one field, and each stands under the name that was used.</param>
/// <param name="Field">The field.</param>
public sealed record FlowColumn(string Name, FlowField Field)
{
    /// <summary>The columns of forms with columns when none are asked for.</summary>
    public static IReadOnlyList<FlowColumn> Default { get; } = [.. FlowFields.DefaultNames.Select(static name => new FlowColumn(name, FlowFields.Get(name)))];

    /// <summary>True for the common field <c>ts</c>, which is a date where its argus name <c>stime</c> is decimal seconds.</summary>
    internal bool IsDate { get; } = Name.Equals("ts", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the common field <c>transport</c>, which has the protocol names of all records.</summary>
    internal bool IsTransport { get; } = Name.Equals("transport", StringComparison.OrdinalIgnoreCase);
}
