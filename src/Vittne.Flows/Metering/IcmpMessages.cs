using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>Which ICMP messages ask and answer (RFC 792, RFC 950, RFC 1256, RFC 4443, RFC 4861, RFC 2710, RFC 4620), and argus' words for them.</summary>
internal static class IcmpMessages
{
    /// <summary>Port of the answering side in the key of messages that nobody answers.</summary>
    private const ushort NoAnswer = ushort.MaxValue;

    /// <summary>
    /// Makes the key of a message: type and code stand where the asking side has its port, the identifier where the other one has it, so that
    /// question and answer are one flow, and messages without answer are one flow each way.
    /// </summary>
    /// <returns>1 for a question, -1 for an answer, 0 for others.</returns>
    public static int MakeKey(ref DecodedPacket packet, ushort identifier, bool ignoresIdentifier)
    {
        byte type = (byte)packet.SourcePort;
        byte question = QuestionOf(packet.Protocol, type);
        if (question == 0)
        {
            packet.SourcePort = (ushort)((type << 8) | (packet.DestinationPort & 0xFF));
            packet.DestinationPort = NoAnswer;
            return 0;
        }

        ushort asking = (ushort)(question << 8);
        ushort other = ignoresIdentifier || !HasIdentifier(packet.Protocol, question) ? (ushort)0 : identifier;
        bool isQuestion = type == question;
        (packet.SourcePort, packet.DestinationPort) = isQuestion ? (asking, other) : (other, asking);
        return isQuestion ? 1 : -1;
    }

    /// <summary>The type of the question that a type asks or answers; 0 for types without answer.</summary>
    public static byte QuestionOf(byte protocol, byte type) => protocol == IpProtocol.Icmp ? QuestionV4(type) : QuestionV6(type);

    private static byte QuestionV4(byte type) => type switch
    {
        0 or 8 => 8,
        9 or 10 => 10,
        13 or 14 => 13,
        15 or 16 => 15,
        17 or 18 => 17,
        _ => 0,
    };

    private static byte QuestionV6(byte type) => type switch
    {
        128 or 129 => 128,
        130 or 131 or 132 => 130,
        133 or 134 => 133,
        135 or 136 => 135,
        139 or 140 => 139,
        144 or 145 => 144,
        _ => 0,
    };

    /// <summary>True for queries whose messages carry an identifier.</summary>
    public static bool HasIdentifier(byte protocol, byte type) =>
        protocol == IpProtocol.Icmp ? type is 0 or 8 or (>= 13 and <= 18) : type is 128 or 129;

    /// <summary>argus' word for a flow.</summary>
    public static string Word(byte protocol, byte type, byte code, bool isAnswered) => protocol == IpProtocol.Icmp
        ? V4(type, code, isAnswered)
        : V6(type, code, isAnswered);

    private static string V4(byte type, byte code, bool isAnswered) => type switch
    {
        0 => "ECR",
        3 => Unreachable(code),
        4 => "SRC",
        5 => "RED",
        8 => isAnswered ? "ECR" : "ECO",
        9 => "RTA",
        10 => "RTS",
        11 => "TXD",
        12 => "PAR",
        13 => isAnswered ? "TSR" : "TST",
        14 => "TSR",
        15 => isAnswered ? "IRR" : "IRQ",
        16 => "IRR",
        17 => isAnswered ? "MSR" : "MAS",
        18 => "MSR",
        _ => isAnswered ? "CON" : "INT",
    };

    private static string Unreachable(byte code) => code switch
    {
        0 => "URN",
        1 => "URH",
        2 => "URP",
        3 => "URP",
        4 => "URF",
        5 => "URS",
        6 => "URNU",
        7 => "URHU",
        8 => "URISO",
        9 => "URNPRO",
        10 => "URHPRO",
        11 => "URNTOS",
        12 => "URHTOS",
        13 => "URFIL",
        14 => "URPRE",
        15 => "URCUT",
        _ => "UR",
    };

    private static string V6(byte type, byte code, bool isAnswered) => type switch
    {
        1 => code switch
        {
            0 => "URN",
            1 => "URFIL",
            3 => "URH",
            4 => "URP",
            _ => "UR",
        },
        2 => "PTB",
        3 => "TXD",
        4 => "PAR",
        128 => isAnswered ? "ECR" : "ECO",
        129 => "ECR",
        130 => "MRQ",
        131 => "MHR",
        132 => "MHR",
        133 => isAnswered ? "NRA" : "NRS",
        134 => "NRA",
        135 => isAnswered ? "NNA" : "NNS",
        136 => "NNA",
        137 => "RED",
        _ => isAnswered ? "CON" : "INT",
    };
}
