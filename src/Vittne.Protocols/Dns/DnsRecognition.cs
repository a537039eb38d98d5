using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>Tells DNS messages from other bytes: leniently on its ports, strictly elsewhere.</summary>
internal static class DnsRecognition
{
    private const ushort UnicastPort = 53;
    private const ushort MulticastPort = 5353;
    private const ushort LinkLocalPort = 5355;

    // NetBIOS names (137, 138; RFC 1002 section 4.2) share the format but not the meaning.
    private const ushort NetbiosNamePort = 137;
    private const ushort NetbiosDatagramPort = 138;

    private const int MaxOpcode = 6;
    private const int MaxStrictRecords = 256;

    // On its port a damaged message is still one, when its counts are such that somebody may have meant them.
    private const int MaxDamagedQuestions = 1;
    private const int MaxDamagedRecords = 64;

    /// <summary>True when one of the ports is one of DNS, mDNS or LLMNR.</summary>
    public static bool IsOnPort(ushort sourcePort, ushort destinationPort) => IsPort(sourcePort) || IsPort(destinationPort);

    /// <summary>Which protocol the ports tell; DNS on all others.</summary>
    public static DnsVariant VariantOf(FlowIdentity flow) => (flow.SourcePort, flow.DestinationPort) switch
    {
        (MulticastPort, _) or (_, MulticastPort) => DnsVariant.Mdns,
        (LinkLocalPort, _) or (_, LinkLocalPort) => DnsVariant.Llmnr,
        _ => DnsVariant.Dns,
    };

    /// <summary>Whether a whole message is DNS, with the care that its ports call for.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (IsOnPort(sourcePort, destinationPort))
        {
            return IsLenient(data);
        }

        bool isNetbios = sourcePort is NetbiosNamePort or NetbiosDatagramPort || destinationPort is NetbiosNamePort or NetbiosDatagramPort;
        return !isNetbios && IsStrict(data);
    }

    /// <summary>Header and first question are possible; what follows may be damaged or cut.</summary>
    public static bool IsLenient(ReadOnlySpan<byte> data)
    {
        if (!DnsMessage.TryView(data, out DnsMessage message))
        {
            return false;
        }

        if (message.Opcode > MaxOpcode)
        {
            // An opcode that does not exist, in a message that is otherwise one, is worth telling.
            return message.QuestionCount > 0 && DnsMessage.TryParse(data, out _, out AnomalyKind anomaly) && anomaly == AnomalyKind.None;
        }

        if (message.QuestionCount == 0)
        {
            // Answers without question: mDNS, zone transfers, refusals. An all-zero header is padding.
            return message.IsResponse || Records(message) > 0;
        }

        DnsQuestions questions = message.Questions;
        return questions.MoveNext() || (message.QuestionCount <= MaxDamagedQuestions && Records(message) <= MaxDamagedRecords);
    }

    /// <summary>Every field is one that a resolver would send or take, and the message is whole.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> data) =>
        HasStrictHeader(data)
        && DnsMessage.TryParse(data, out DnsMessage message, out AnomalyKind anomaly)
        && anomaly == AnomalyKind.None
        && HasStrictQuestion(message);

    /// <summary>The header is one that a resolver would send or take.</summary>
    public static bool HasStrictHeader(ReadOnlySpan<byte> data) =>
        DnsMessage.TryView(data, out DnsMessage message)
        && message.Opcode <= MaxOpcode
        && !message.HasReservedBit
        && message.QuestionCount is > 0 and <= MaxStrictRecords
        && (message.IsResponse || message.QuestionCount == 1)
        && message.QuestionCount + Records(message) <= MaxStrictRecords;

    private static bool HasStrictQuestion(DnsMessage message)
    {
        DnsQuestions questions = message.Questions;
        return questions.MoveNext() && questions.Current.Type != 0 && questions.Current.ClassWithoutTopBit is 1 or 3 or 4 or 254 or 255;
    }

    private static int Records(DnsMessage message) => message.AnswerCount + message.AuthorityCount + message.AdditionalCount;

    private static bool IsPort(ushort port) => port is UnicastPort or MulticastPort or LinkLocalPort;
}
