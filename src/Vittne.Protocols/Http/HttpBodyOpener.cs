using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <summary>Says who takes a body.</summary>
/// <param name="direction">Who sends it.</param>
/// <param name="number">Number of its message in the direction, from 1; messages without body count too.</param>
/// <param name="head">Head of the message; without lines for an answer of HTTP/0.9.</param>
/// <param name="at">The packet that completed the head.</param>
/// <returns>Who takes it; null when nobody does.</returns>
public delegate HttpBodyTarget? HttpBodyOpener(Direction direction, int number, HttpHead head, in PacketStamp at);
