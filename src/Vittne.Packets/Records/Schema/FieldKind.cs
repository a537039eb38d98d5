namespace Vittne.Packets.Records.Schema;

/// <summary>Type of a field's value in every output.</summary>
public enum FieldKind
{
    /// <summary>Text; bytes of traffic as <see cref="WireText"/> shows them.</summary>
    Text,

    /// <summary>A whole number of at most 64 bits.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A time: RFC 3339, UTC.</summary>
    Time,

    /// <summary>Named members, each with a type of its own.</summary>
    Object,
}
