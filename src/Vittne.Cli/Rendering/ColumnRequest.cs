using Vittne.Engine.Output;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Rendering;

/// <summary>A column that was asked for.</summary>
/// <param name="Name">As the user wrote it.</param>
internal sealed record ColumnRequest(string Name)
{
    /// <summary>The paths that fill it in records of a kind; empty when the kind has no such field.</summary>
    public IReadOnlyList<string> Of(RecordSchema schema) => FieldPaths.Resolve(Name, schema);
}
