using System.Diagnostics.CodeAnalysis;
using Vittne.Engine.Flows.Writing;

namespace Vittne.Cli.Rendering;

/// <summary>All forms in which flow records are written: the table for people first, then those of the engine.</summary>
internal static class FlowForms
{
    /// <summary>The forms, in the order in which help shows them; the first when none is named.</summary>
    public static IReadOnlyList<FlowFormat> All { get; } =
    [
        new("table", "aligned columns; with units on a terminal", TakesColumns: true, static options => new FlowTable(options)),
        .. FlowFormats.All,
    ];

    /// <summary>Finds a form by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FlowFormat? format)
    {
        format = All.FirstOrDefault(known => known.Name == name);
        return format is not null;
    }
}
