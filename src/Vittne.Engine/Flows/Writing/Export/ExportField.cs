namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>A field of a template.</summary>
/// <param name="Element">What it is.</param>
/// <param name="Length">Its bytes; <see cref="Variable"/> when each record tells.</param>
/// <param name="IsReverse">True for the responder's value (RFC 5103).</param>
internal readonly record struct ExportField(ExportElement Element, ushort Length, bool IsReverse = false)
{
    /// <summary>Length of fields whose length each record tells (RFC 7011 section 7).</summary>
    public const ushort Variable = ushort.MaxValue;

    /// <summary>Enterprise number of the reverse direction (RFC 5103 section 6.1).</summary>
    public const uint ReverseEnterprise = 29_305;

    /// <summary>Bit of an element's number that says that an enterprise number follows.</summary>
    public const ushort EnterpriseBit = 0x8000;
}
