namespace Vittne.Capture.Filters.Syntax;

/// <summary>The qualifiers in front of an id; ids further right that have none take them over.</summary>
/// <param name="Protocol">Protocol, or none.</param>
/// <param name="Direction">Direction, or none.</param>
/// <param name="Type">Type, or none.</param>
internal readonly record struct Head(ProtocolWord Protocol, DirectionWord Direction, TypeWord Type)
{
    /// <summary>The protocol as it is written.</summary>
    public string ProtocolText => Text(Protocol);

    /// <summary>The protocol as it is written.</summary>
    public static string Text(ProtocolWord protocol) => protocol == ProtocolWord.None ? "" : protocol.ToString().ToLowerInvariant();

    /// <summary>The direction as it is written.</summary>
    public static string Text(DirectionWord direction) => direction switch
    {
        DirectionWord.Source => "src",
        DirectionWord.Destination => "dst",
        DirectionWord.Either => "src or dst",
        DirectionWord.Both => "src and dst",
        DirectionWord.Receiver => "ra",
        DirectionWord.Transmitter => "ta",
        DirectionWord.None => "",
        _ => $"addr{direction - DirectionWord.Address1 + 1}",
    };

    /// <summary>The type as it is written.</summary>
    public static string Text(TypeWord type) => type switch
    {
        TypeWord.None => "",
        TypeWord.Protocol => "proto",
        TypeWord.ProtocolChain => "protochain",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(' ', new[] { ProtocolText, Text(Direction), Text(Type) }.Where(word => word.Length > 0));
}
