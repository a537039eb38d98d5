using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>Words for the types of fields, as listings and documentation show them.</summary>
public static class FieldTypeNames
{
    /// <summary>The word; the plural for lists.</summary>
    public static string Of(RecordField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        string name = field.Kind switch
        {
            FieldKind.Text => "string",
            FieldKind.Integer => "integer",
            FieldKind.Number => "number",
            FieldKind.Flag => "boolean",
            FieldKind.Time => "time",
            _ => "object",
        };
        return field.IsList ? name + "s" : name;
    }
}
