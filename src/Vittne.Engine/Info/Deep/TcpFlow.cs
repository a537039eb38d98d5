namespace Vittne.Engine.Info.Deep;

/// <summary>A TCP connection.</summary>
internal sealed class TcpFlow
{
    private TcpSide _low;
    private TcpSide _high;

    /// <summary>Name of the protocol in it, or null while none was recognised.</summary>
    public string? Application { get; set; }

    /// <summary>Segments with payload in which no protocol was recognised.</summary>
    public int Tries { get; set; }

    /// <summary>The direction whose sender's address and port sort first, or the other one.</summary>
    public ref TcpSide Side(bool isLow)
    {
        return ref isLow ? ref _low : ref _high;
    }
}
