namespace Vittne.Protocols.Dns;

/// <summary>One question as records show it.</summary>
/// <param name="Name">The name as text (RFC 4343 escapes), empty for the root.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS without the bit that mDNS took.</param>
/// <param name="WantsUnicast">That bit; null outside mDNS.</param>
internal readonly record struct DnsQuestionView(string Name, ushort Type, ushort Class, bool? WantsUnicast);
