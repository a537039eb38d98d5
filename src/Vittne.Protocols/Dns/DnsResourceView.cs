namespace Vittne.Protocols.Dns;

/// <summary>One resource record as records show it.</summary>
/// <param name="Name">Its owner's name as text.</param>
/// <param name="Type">TYPE.</param>
/// <param name="Class">CLASS without the bit that mDNS took.</param>
/// <param name="TimeToLive">TTL in seconds.</param>
/// <param name="Data">RDATA in presentation form.</param>
/// <param name="FlushesCache">That bit; null outside mDNS.</param>
internal readonly record struct DnsResourceView(string Name, ushort Type, ushort Class, uint TimeToLive, string Data, bool? FlushesCache);
