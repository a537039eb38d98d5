using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Dns;

public sealed class DnsMessageTests
{
    private static Bytes Query => DnsBytes.Header(id: 0x1234, flags: 0x0100, questions: 1).Name("www", "Example", "com").U16(1).U16(1);

    private static Bytes Response => DnsBytes.Header(id: 0x1234, flags: 0x8183, questions: 1, answers: 3, authorities: 1, additionals: 1)
        .Name("a", "b").U16(255).U16(1)
        .Pointer(12).U16(DnsType.A).U16(1).U32(60).Prefixed(16, new Bytes().Hex("C0000201"))
        .Pointer(12).U16(DnsType.Mx).U16(1).U32(60).Prefixed(16, new Bytes().U16(10).Text("\u0002mx").Pointer(12))
        .Pointer(12).U16(DnsType.Aaaa).U16(1).U32(60).Prefixed(16, new Bytes().Hex("20010DB8000000000000000000000001"))
        .Name("b").U16(DnsType.Soa).U16(1).U32(5).Prefixed(16, new Bytes().Text("\u0002ns").Pointer(14).U8(0).Repeat(0, 20))
        .U8(0).U16(DnsType.Opt).U16(4096).U32(0x0100_8000).U16(0);

    [Fact]
    public void Query_yields_its_header_and_question()
    {
        Assert.True(DnsMessage.TryParse(Query, out DnsMessage message, out AnomalyKind anomaly));

        Assert.Equal(AnomalyKind.None, anomaly);
        Assert.Equal(0x1234, message.Id);
        Assert.False(message.IsResponse);
        Assert.True(message.RecursionDesired);
        DnsQuestions questions = message.Questions;
        Assert.True(questions.MoveNext());
        Assert.Equal(("www.Example.com", 1, 1), (DnsBytes.Name(message, questions.Current.NameOffset), questions.Current.Type, questions.Current.Class));
        Assert.False(questions.MoveNext());
    }

    [Fact]
    public void Lower_case_name_is_for_look_ups()
    {
        Assert.True(DnsMessage.TryView(Query, out DnsMessage message));
        Span<byte> name = stackalloc byte[DnsMessage.MaxNameTextLength];

        Assert.Equal("www.example.com", Encoding.Latin1.GetString(name[..message.WriteLowerName(12, name)]));
    }

    [Fact]
    public void Response_yields_records_of_all_sections_with_addresses_and_targets()
    {
        Assert.True(DnsMessage.TryParse(Response, out DnsMessage message, out AnomalyKind anomaly));
        Assert.Equal(AnomalyKind.None, anomaly);

        List<string> told = [];
        foreach (DnsResource resource in message.Resources)
        {
            string data = resource.TryGetAddress(out IpAddress address) ? address.ToString()
                : resource.TryGetTarget(out int target) ? DnsBytes.Name(message, target) : "";
            told.Add($"{resource.Section} {DnsBytes.Name(message, resource.NameOffset)} {resource.Type} {resource.TimeToLive} {data}");
        }

        Assert.Equal(
            ["Answer a.b 1 60 192.0.2.1", "Answer a.b 15 60 mx.a.b", "Answer a.b 28 60 2001:db8::1", "Authority b 6 5 ns.b", "Additional  41 16809984 "],
            told);
        Assert.Equal((3, 0x13), (message.ResponseCode, message.ExtendedResponseCode));
    }

    [Fact]
    public void Bytes_of_a_label_that_are_no_plain_text_are_escaped()
    {
        Bytes bytes = DnsBytes.Header(1, 0x0100, questions: 1).U8(6).Text("a.\\ \u0000\u00ff").U8(0).U16(1).U16(1);

        Assert.True(DnsMessage.TryParse(bytes, out DnsMessage message, out _));
        Assert.Equal("a\\046\\092\\032\\000\\255", DnsBytes.Name(message, 12));
    }

    [Fact]
    public void Longest_name_fits_into_the_stated_text_length()
    {
        Bytes bytes = DnsBytes.Header(1, 0, questions: 1).U8(63).Repeat(1, 63).U8(63).Repeat(1, 63).U8(63).Repeat(1, 63).U8(61).Repeat(1, 61).U8(0).U16(1).U16(1);

        Assert.True(DnsMessage.TryParse(bytes, out DnsMessage message, out AnomalyKind anomaly));
        Assert.Equal(AnomalyKind.None, anomaly);
        Assert.Equal((250 * 4) + 3, DnsBytes.Name(message, 12).Length);
    }

    [Fact]
    public void Name_that_does_not_fit_the_destination_is_refused()
    {
        Assert.True(DnsMessage.TryView(Query, out DnsMessage message));

        Assert.Equal(-1, message.WriteName(12, new byte[14]));
        Assert.Equal(15, message.WriteName(12, new byte[15]));
    }

    public static TheoryData<string, byte[], AnomalyKind> Damaged => new()
    {
        { "no question", DnsBytes.Header(1, 0, questions: 1).ToArray(), AnomalyKind.DnsShort },
        { "question without class", DnsBytes.Header(1, 0, questions: 1).Name("a").U16(1).ToArray(), AnomalyKind.DnsShort },
        { "pointer to itself", DnsBytes.Header(1, 0, questions: 1).Pointer(12).U16(1).U16(1).ToArray(), AnomalyKind.DnsName },
        { "pointer forwards", DnsBytes.Header(1, 0, questions: 1).Pointer(18).U16(1).U16(1).Name("a").ToArray(), AnomalyKind.DnsName },
        { "pointer into the header", DnsBytes.Header(1, 0, questions: 1).Pointer(0).U16(1).U16(1).ToArray(), AnomalyKind.DnsName },
        { "label of 64 octets", DnsBytes.Header(1, 0, questions: 1).U8(64).Repeat('a', 64).U8(0).U16(1).U16(1).ToArray(), AnomalyKind.DnsName },
        { "name of 256 octets", DnsBytes.Header(1, 0, questions: 1).U8(63).Repeat('a', 63).U8(63).Repeat('a', 63).U8(63).Repeat('a', 63).U8(62).Repeat('a', 62).U8(0).U16(1).U16(1).ToArray(), AnomalyKind.DnsName },
        { "half a pointer", DnsBytes.Header(1, 0, questions: 1).U8(0xC0).ToArray(), AnomalyKind.DnsName },
        { "label beyond the end", DnsBytes.Header(1, 0, questions: 1).U8(9).Text("abc").ToArray(), AnomalyKind.DnsName },
        { "record data beyond the end", DnsBytes.Header(1, 0x8000, answers: 1).Name("a").U16(1).U16(1).U32(0).U16(4).U8(1).ToArray(), AnomalyKind.DnsShort },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damaged_message_says_what_is_wrong(string what, byte[] bytes, AnomalyKind expected)
    {
        Assert.True(DnsMessage.TryParse(bytes, out _, out AnomalyKind anomaly), what);
        Assert.Equal(expected, anomaly);
    }

    [Fact]
    public void Less_than_a_header_is_no_message() =>
        Assert.False(DnsMessage.TryParse(new byte[11], out _, out _));

    [Fact]
    public void Chain_of_pointers_ends_at_its_limit()
    {
        // Each pointer points to the one before it: 12 <- 14 <- 16 ...
        Bytes bytes = DnsBytes.Header(1, 0, questions: 1).U8(0).U8(0);
        for (int i = 0; i < 200; i++)
        {
            bytes.Pointer(12 + (2 * i));
        }

        Assert.True(DnsMessage.TryView(bytes, out DnsMessage message));
        Assert.Equal(0, message.WriteName(12 + (2 * 128), new byte[8]));
        Assert.Equal(-1, message.WriteName(12 + (2 * 129), new byte[8]));
    }

    [Fact]
    public void Entries_before_the_damage_are_readable()
    {
        byte[] bytes = Response.ToArray();
        Assert.True(DnsMessage.TryParse(bytes.AsSpan(0, 12 + 9 + 16 + 5), out DnsMessage message, out AnomalyKind anomaly));

        int count = 0;
        foreach (DnsResource resource in message.Resources)
        {
            count += resource.Section == DnsSection.Answer ? 1 : 0;
        }

        Assert.Equal((1, AnomalyKind.DnsShort), (count, anomaly));
    }

    /// <summary>Garbage: whatever the bytes are, reading ends and stays inside.</summary>
    [Fact]
    public void Any_bytes_are_read_to_an_end() => Gen.Byte.Array[0, 400].Sample(Walk);

    /// <summary>Near misses reach deeper than garbage.</summary>
    [Fact]
    public void Damaged_good_message_is_read_to_an_end() =>
        Gen.Select(Gen.Int[0, 300], Gen.Byte, Gen.Int[0, 300]).Sample((at, value, length) =>
        {
            byte[] bytes = Response.ToArray();
            bytes[at % bytes.Length] = value;
            Walk(bytes[..Math.Min(length, bytes.Length)]);
        });

    private static void Walk(byte[] bytes)
    {
        if (!DnsMessage.TryParse(bytes, out DnsMessage message, out _))
        {
            return;
        }

        byte[] name = new byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            Assert.True(message.WriteName(question.NameOffset, name) >= 0);
        }

        foreach (DnsResource resource in message.Resources)
        {
            Assert.True(message.WriteLowerName(resource.NameOffset, name) >= 0);
            _ = resource.TryGetAddress(out _);
            if (resource.TryGetTarget(out int target))
            {
                _ = message.WriteName(target, name);
            }
        }
    }
}
