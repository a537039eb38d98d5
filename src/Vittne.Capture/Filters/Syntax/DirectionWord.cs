namespace Vittne.Capture.Filters.Syntax;

/// <summary>Which of a packet's addresses or ports is meant.</summary>
internal enum DirectionWord : byte
{
    /// <summary>Not said: either.</summary>
    None,
    Source,
    Destination,
    Either,
    Both,
    Address1,
    Address2,
    Address3,
    Address4,
    Receiver,
    Transmitter,
}
