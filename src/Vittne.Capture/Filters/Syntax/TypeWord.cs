namespace Vittne.Capture.Filters.Syntax;

/// <summary>What kind of thing an id names.</summary>
internal enum TypeWord : byte
{
    /// <summary>Not said: a host.</summary>
    None,
    Host,
    Net,
    Port,
    PortRange,
    Protocol,
    ProtocolChain,
    Gateway,
}
