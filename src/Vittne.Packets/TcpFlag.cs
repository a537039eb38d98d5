namespace Vittne.Packets;

/// <summary>Control bits of the TCP header, RFC 9293 section 3.1.</summary>
public static class TcpFlag
{
    /// <summary>FIN.</summary>
    public const ushort Fin = 0x01;

    /// <summary>SYN.</summary>
    public const ushort Syn = 0x02;

    /// <summary>RST.</summary>
    public const ushort Rst = 0x04;

    /// <summary>PSH.</summary>
    public const ushort Psh = 0x08;

    /// <summary>ACK.</summary>
    public const ushort Ack = 0x10;

    /// <summary>URG.</summary>
    public const ushort Urg = 0x20;
}
