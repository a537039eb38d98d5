using System.Runtime.CompilerServices;

namespace Vittne.Protocols.Sessions;

/// <summary>One value for each direction of a flow, by the number of the direction; inline, since millions of flows hold some.</summary>
[InlineArray(2)]
internal struct Sides<T>
{
    private T _first;
}
