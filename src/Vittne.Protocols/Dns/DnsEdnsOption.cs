namespace Vittne.Protocols.Dns;

/// <summary>One option of an OPT record.</summary>
/// <param name="Code">OPTION-CODE.</param>
/// <param name="Hex">OPTION-DATA in lower-case hex.</param>
internal readonly record struct DnsEdnsOption(ushort Code, string Hex);
