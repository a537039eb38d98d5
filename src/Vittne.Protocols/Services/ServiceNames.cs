namespace Vittne.Protocols.Services;

/// <summary>All services that are recognised by content: those with parsers, then those that are only named. The order is the order of asking.</summary>
public static class ServiceNames
{
    private static readonly string[] Names = Build();

    /// <summary>The name of a number; null for 0.</summary>
    public static string? Of(int number) => number <= 0 || number >= Names.Length ? null : Names[number];

    /// <summary>The number of a name that is known to exist.</summary>
    public static byte NumberOf(string name) => (byte)Array.IndexOf(Names, name);

    /// <summary>Asks what a datagram is; 0 when nobody knows it.</summary>
    public static byte OfDatagram(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort)
    {
        IReadOnlyList<DatagramProtocol> parsed = ProtocolRegistry.AllDatagrams;
        for (int i = 0; i < parsed.Count; i++)
        {
            if (parsed[i].Recognizes(datagram, sourcePort, destinationPort))
            {
                return (byte)(1 + ProtocolRegistry.AllStreams.Count + i);
            }
        }

        int named = NamedServices.OfDatagram(datagram, sourcePort, destinationPort);
        return named < 0 ? (byte)0 : NumberOfNamed(named);
    }

    /// <summary>Asks what the first bytes of a side of a stream are.</summary>
    public static Recognition OfStream(ReadOnlySpan<byte> start, ushort sourcePort, ushort destinationPort, out byte number)
    {
        IReadOnlyList<StreamProtocol> parsed = ProtocolRegistry.AllStreams;
        Recognition best = Recognition.No;
        for (int i = 0; i < parsed.Count; i++)
        {
            Recognition verdict = parsed[i].Recognizes(start, sourcePort, destinationPort);
            if (verdict == Recognition.Yes)
            {
                number = (byte)(1 + i);
                return Recognition.Yes;
            }

            best = verdict == Recognition.NeedMore ? Recognition.NeedMore : best;
        }

        int named = NamedServices.OfStream(start, sourcePort, destinationPort);
        number = named < 0 ? (byte)0 : NumberOfNamed(named);
        return named >= 0 ? Recognition.Yes : best;
    }

    private static byte NumberOfNamed(int index) => (byte)(1 + ProtocolRegistry.AllStreams.Count + ProtocolRegistry.AllDatagrams.Count + index);

    private static string[] Build() =>
    [
        "",
        .. ProtocolRegistry.AllStreams.Select(static protocol => protocol.Name),
        .. ProtocolRegistry.AllDatagrams.Select(static protocol => protocol.Name),
        .. NamedServices.Names,
    ];
}
