using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.TestKit;

namespace Vittne.Trails.Tests.Matching;

/// <summary>DNS records built by hand.</summary>
internal static class DnsMessages
{
    public const int Query = 0x0100;
    public const int Response = 0x8180;

    public static DnsRecord Record(FlowIdentity flow, Direction direction, byte[] message) => new()
    {
        Flow = flow,
        At = TestFlow.At,
        Direction = direction,
        Message = message,
        Variant = DnsVariant.Dns,
    };

    public static DnsRecord Ask(FlowIdentity flow, params (string Name, int Type)[] questions)
    {
        Bytes bytes = Header(Query, questions.Length, answers: 0);
        foreach ((string name, int type) in questions)
        {
            Name(bytes, name).U16(type).U16(1);
        }

        return Record(flow, Direction.FromOriginator, bytes.ToArray());
    }

    /// <summary>An answer with one question and any resource records; each is type and data.</summary>
    public static DnsRecord Answer(FlowIdentity flow, string question, params (int Type, byte[] Data)[] records)
    {
        Bytes bytes = Header(Response, questions: 1, records.Length);
        Name(bytes, question).U16(DnsType.A).U16(1);
        foreach ((int type, byte[] data) in records)
        {
            bytes.U16(0xC00C).U16(type).U16(1).U32(60).U16(data.Length).Raw(data);
        }

        return Record(flow, Direction.FromResponder, bytes.ToArray());
    }

    public static byte[] NameData(string name, int before = 0) => Name(new Bytes().Repeat(0, before), name).ToArray();

    private static Bytes Header(int flags, int questions, int answers) =>
        new Bytes().U16(0x1234).U16(flags).U16(questions).U16(answers).U16(0).U16(0);

    private static Bytes Name(Bytes bytes, string name)
    {
        foreach (string label in name.Split('.'))
        {
            bytes.U8(label.Length).Text(label);
        }

        return bytes.U8(0);
    }
}
