using Vittne.Flows.Records;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne flows --fields list</c> shows: all fields with their other names.</summary>
internal static class FlowFieldListing
{
    /// <summary>Writes a line for each field.</summary>
    public static void Write(TextWriter output)
    {
        int nameWidth = FlowFields.All.Max(static field => field.Name.Length), kindWidth = FlowFields.All.Max(static field => Kind(field).Length);
        foreach (FlowField field in FlowFields.All)
        {
            string aliases = field.Aliases.Count == 0 ? "" : $" (also {string.Join(", ", field.Aliases)})";
            output.WriteLine($"{field.Name.PadRight(nameWidth)}  {Kind(field).PadRight(kindWidth)}  {field.Description}{aliases}");
        }
    }

    private static string Kind(FlowField field) => field.Kind.ToString().ToLowerInvariant();
}
