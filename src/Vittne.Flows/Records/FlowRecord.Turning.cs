namespace Vittne.Flows.Records;

/// <content>Copies, and the same flow seen from the other side.</content>
public sealed partial class FlowRecord
{
    /// <summary>A copy that can be changed by itself.</summary>
    public FlowRecord Copy()
    {
        var copy = (FlowRecord)MemberwiseClone();
        copy.Tcp = Tcp?.Copy();
        copy.Statistics = Statistics?.Copy();
        copy.Context = Context?.Copy();
        copy.Merged = Merged?.Copy();
        return copy;
    }

    /// <summary>Lets originator and responder change places, in all fields.</summary>
    public void Turn()
    {
        (Source, Destination) = (Destination, Source);
        (SourcePackets, DestinationPackets) = (DestinationPackets, SourcePackets);
        (SourceBytes, DestinationBytes) = (DestinationBytes, SourceBytes);
        (SourceIpBytes, DestinationIpBytes) = (DestinationIpBytes, SourceIpBytes);
        (SourceAppBytes, DestinationAppBytes) = (DestinationAppBytes, SourceAppBytes);
        (SourceSequenceBytes, DestinationSequenceBytes) = (DestinationSequenceBytes, SourceSequenceBytes);
        (SourceFlags, DestinationFlags) = (DestinationFlags, SourceFlags);
        (SourceTtl, DestinationTtl) = (DestinationTtl, SourceTtl);
        (SourceTos, DestinationTos) = (DestinationTos, SourceTos);
        (SourceMac, DestinationMac) = (DestinationMac, SourceMac);
        (SourcePort, DestinationPort) = (DestinationPort, SourcePort);
        Tcp?.Turn();
        Statistics?.Turn();
        Context?.Turn();
        Merged?.Turn();
        Direction = Direction switch
        {
            FlowDirection.Forward => FlowDirection.Backward,
            FlowDirection.Backward => FlowDirection.Forward,
            _ => Direction,
        };
        ConnectionState = ConnectionState switch
        {
            "S2" => "S3",
            "S3" => "S2",
            "RSTO" => "RSTR",
            "RSTR" => "RSTO",
            "SH" => "SHR",
            "SHR" => "SH",
            _ => ConnectionState,
        };
        History = History is null ? null : string.Create(History.Length, History, static (turned, history) =>
        {
            for (int i = 0; i < turned.Length; i++)
            {
                char letter = history[i];
                turned[i] = char.IsAsciiLetter(letter) ? (char)(letter ^ 0x20) : letter;
            }
        });
    }
}
