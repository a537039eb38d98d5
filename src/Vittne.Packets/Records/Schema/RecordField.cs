namespace Vittne.Packets.Records.Schema;

/// <summary>One field of the schema, as documentation and listings show it.</summary>
/// <param name="name">Its name in every output.</param>
/// <param name="kind">Type of its value, or of its items.</param>
/// <param name="isList">True for a list.</param>
/// <param name="description">What it means, with its unit.</param>
/// <param name="members">Members of an object.</param>
public abstract class RecordField(string name, FieldKind kind, bool isList, string description, IReadOnlyList<RecordField> members)
{
    /// <summary>Its name in every output.</summary>
    public string Name { get; } = name;

    /// <summary>Type of its value, or of its items.</summary>
    public FieldKind Kind { get; } = kind;

    /// <summary>True for a list.</summary>
    public bool IsList { get; } = isList;

    /// <summary>What it means, with its unit.</summary>
    public string Description { get; } = description;

    /// <summary>Members of an object; empty for other types.</summary>
    public IReadOnlyList<RecordField> Members { get; } = members;

    /// <summary>Names that other tools give it (tshark's display fields): accepted where a user names fields.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
