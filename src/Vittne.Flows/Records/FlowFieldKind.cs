namespace Vittne.Flows.Records;

/// <summary>Type of a field's value.</summary>
public enum FlowFieldKind : byte
{
    /// <summary>No value: the record does not tell the field.</summary>
    Absent,

    /// <summary>A whole number, 0 to 2^63 - 1.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Decimal,

    /// <summary>A time: nanoseconds since the epoch; decimal seconds for people and scripts.</summary>
    Time,

    /// <summary>A duration: nanoseconds; decimal seconds for people and scripts.</summary>
    Duration,

    /// <summary>Text.</summary>
    Text,

    /// <summary>An address or network of <see cref="FlowAddress"/>.</summary>
    Address,

    /// <summary>A hardware address: 48 bits as a number.</summary>
    Mac,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>Several whole numbers.</summary>
    Integers,

    /// <summary>True; a flag that is not set is absent.</summary>
    Flag,
}
