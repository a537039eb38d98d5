using System.IO.Hashing;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>Pairs the responses of one flow with their queries: same number, same question, the nearest that nobody answered yet.</summary>
internal sealed class DnsPairing
{
    // A resolver that asks from one port has so many open at once; older ones are forgotten.
    private const int MaxWaiting = 64;
    private const long MaxAgeNs = 30_000_000_000;

    private readonly List<(ushort Id, ulong Question, PacketStamp At)> _waiting = [];

    /// <summary>Takes the next message of the flow.</summary>
    /// <returns>For a response whose query is known: the pair.</returns>
    public DnsPair? Take(DnsMessage message, in PacketStamp at)
    {
        ulong question = HashQuestion(message);
        if (!message.IsResponse)
        {
            if (_waiting.Count == MaxWaiting)
            {
                _waiting.RemoveAt(0);
            }

            _waiting.Add((message.Id, question, at));
            return null;
        }

        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            (ushort id, ulong asked, PacketStamp askedAt) = _waiting[i];

            // Servers that refuse may leave the question out.
            if (id == message.Id && (asked == question || question == 0) && askedAt.Capture == at.Capture)
            {
                _waiting.RemoveAt(i);
                long roundTrip = at.TimestampNs - askedAt.TimestampNs;
                return roundTrip is >= 0 and <= MaxAgeNs ? new DnsPair(askedAt.Number, roundTrip) : null;
            }
        }

        return null;
    }

    /// <summary>Hash of the first question without regard to letter case, which some servers change; 0 without question.</summary>
    private static ulong HashQuestion(DnsMessage message)
    {
        DnsQuestions questions = message.Questions;
        if (!questions.MoveNext())
        {
            return 0;
        }

        Span<byte> text = stackalloc byte[DnsMessage.MaxNameTextLength];
        int length = Math.Max(0, message.WriteLowerName(questions.Current.NameOffset, text));
        return XxHash3.HashToUInt64(text[..length], questions.Current.Type) | 1;
    }
}
