using Vittne.Packets.Records;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Traffic of an IP protocol that is seldom seen.</summary>
public sealed record UncommonProtocolRecord : Record;
