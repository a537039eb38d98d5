namespace Vittne.Trails;

/// <summary>One indicator with what is known of it.</summary>
public sealed class Trail
{
    /// <summary>The canonical key: lower case, no trailing dot, RFC 5952 addresses, <c>a.b.c.d/n</c> networks; patterns as written.</summary>
    public required string Indicator { get; init; }

    /// <summary>What it is compared with.</summary>
    public required TrailKind Kind { get; init; }

    /// <summary>What it stands for, for example <c>emotet (malware)</c>.</summary>
    public required string Info { get; init; }

    /// <summary>Who says so, for example <c>(static)</c>; further sources as <c>(+a,b)</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>How urgent a sighting is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Every list that holds it.</summary>
    public required IReadOnlyList<TrailSource> Sources { get; init; }
}
