namespace Vittne.Capture.Filters.Syntax;

/// <summary>How an id is written.</summary>
internal enum IdKind : byte
{
    Name,
    Number,
    Address,
    AddressLength,
    AddressMask,
    Address6,
    Address6Length,
    Mac,
    Arcnet,
}
