using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Dns;
using Vittne.Trails.Heuristics;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Answers of DNS servers that lie in ranges of special purpose: sinkholes, blocked names, rebinding, names of inner networks.</summary>
/// <param name="except">Networks that are not told.</param>
internal sealed class SpecialAnswers(AddressRanges? except) : Analysis
{
    private const string Except = "except";

    /// <summary>Analysis <c>dns-special</c>.</summary>
    public static Decoder Decoder { get; } = new(
        "dns-special",
        DecoderKind.Analysis,
        new RecordSchema<SpecialAnswerRecord, SpecialAnswerRecord>(
            "dns-special",
            "DNS answers in address ranges of special purpose (IANA)",
            static record => record,
            static record => $"{record.Query} -> {record.Address} ({record.Range})",
            Field.Text<SpecialAnswerRecord>("query", "the name that was asked for", static record => record.Query),
            Field.Text<SpecialAnswerRecord>("address", "the address in the answer", static record => record.Address.ToString()),
            Field.Text<SpecialAnswerRecord>("range", "what it is reserved for: `private`, `loopback`, `documentation`, …", static record => record.Range)))
    {
        Options = [new DecoderOption(Except, "", "networks that are not told, comma-separated", static text => TryParse(text, out _) ? null : "is no list of networks like 10.0.0.0/8")],
        Create = static value => new SpecialAnswers(TryParse(value(Except), out AddressRanges? except) ? except : null),
    };

    /// <inheritdoc/>
    public override bool ReadsRecords => true;

    /// <inheritdoc/>
    public override void OnRecord(Record record, IRecordSink output)
    {
        if (record is not DnsRecord { Variant: DnsVariant.Dns } dns || !DnsMessage.TryView(dns.Message, out DnsMessage message) || !message.IsResponse)
        {
            return;
        }

        foreach (DnsResource resource in message.Resources)
        {
            if (resource.Section == DnsSection.Answer && resource.TryGetAddress(out IpAddress address)
                && except?.Contains(address) != true && SpecialRanges.Find(address) is { } range)
            {
                output.Add(new SpecialAnswerRecord
                {
                    Flow = dns.Flow,
                    At = dns.At,
                    Direction = dns.Direction,
                    Query = QueryOf(message, resource),
                    Address = address,
                    Range = range,
                });
            }
        }
    }

    private static string QueryOf(DnsMessage message, in DnsResource resource)
    {
        DnsQuestions questions = message.Questions;
        Span<byte> text = stackalloc byte[DnsMessage.MaxNameTextLength];
        int length = message.WriteName(questions.MoveNext() ? questions.Current.NameOffset : resource.NameOffset, text);
        return Encoding.ASCII.GetString(text[..Math.Max(0, length)]);
    }

    private static bool TryParse(string text, out AddressRanges? networks)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isParsed = AddressRanges.TryParse(parts, out AddressRanges parsed, out _);
        networks = parts.Length == 0 ? null : parsed;
        return isParsed;
    }
}
