namespace Vittne.Protocols.OpenVpn;

/// <summary>Kinds of packets: the upper five bits of the first byte.</summary>
internal static class OpenVpnOpcode
{
    /// <summary>P_CONTROL_HARD_RESET_CLIENT_V1: a client of key method 1 begins.</summary>
    public const int HardResetClientV1 = 1;

    /// <summary>P_CONTROL_HARD_RESET_SERVER_V1: the answer to it.</summary>
    public const int HardResetServerV1 = 2;

    /// <summary>P_CONTROL_SOFT_RESET_V1: new keys are negotiated in a running session.</summary>
    public const int SoftReset = 3;

    /// <summary>P_CONTROL_V1: a piece of the TLS stream.</summary>
    public const int Control = 4;

    /// <summary>P_ACK_V1: acknowledgments alone.</summary>
    public const int Acknowledgment = 5;

    /// <summary>P_DATA_V1: tunnelled data.</summary>
    public const int DataV1 = 6;

    /// <summary>P_CONTROL_HARD_RESET_CLIENT_V2: a client begins.</summary>
    public const int HardResetClient = 7;

    /// <summary>P_CONTROL_HARD_RESET_SERVER_V2: the answer to it.</summary>
    public const int HardResetServer = 8;

    /// <summary>P_DATA_V2: tunnelled data with the number of the peer.</summary>
    public const int DataV2 = 9;

    /// <summary>P_CONTROL_HARD_RESET_CLIENT_V3: a client with a key of its own (tls-crypt-v2) begins.</summary>
    public const int HardResetClientV3 = 10;

    /// <summary>The opcode of a packet's first byte.</summary>
    public static int Of(byte first) => first >> 3;

    /// <summary>Whether a packet opens or renews a session.</summary>
    public static bool IsReset(int opcode) => opcode is HardResetClientV1 or HardResetServerV1 or SoftReset or HardResetClient or HardResetServer;

    /// <summary>Whether a packet carries tunnelled data.</summary>
    public static bool IsData(int opcode) => opcode is DataV1 or DataV2;
}
