using System.Text;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Tls;

namespace Vittne.Engine.Spine.Terms;

/// <summary>Looks for wanted names in the records of one flow, and passes on only what they make true.</summary>
/// <param name="terms">What is asked for.</param>
/// <param name="tunnelKey">The tunnels around the flow.</param>
/// <param name="output">Where facts go.</param>
internal sealed class FlowFactSink(FlowTermSet terms, ulong tunnelKey, IRecordSink output) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        uint holding = record switch
        {
            ClientHelloRecord hello => OfHello(hello),
            GoogleHelloRecord hello => terms.OfName(Encoding.Latin1.GetBytes(hello.Sni), isSni: true),
            HttpRequestRecord request => OfRequest(request),
            DnsRecord message => OfQuestions(message),
            _ => 0,
        };
        if (holding != 0)
        {
            output.Add(new FlowFactRecord { Flow = record.Flow, At = record.At, Direction = record.Direction, Holding = holding, TunnelKey = tunnelKey });
        }
    }

    private uint OfHello(ClientHelloRecord record) =>
        ClientHello.TryParse(record.Message, out ClientHello hello) && !hello.Sni.IsEmpty ? terms.OfName(hello.Sni, isSni: true) : 0;

    private uint OfRequest(HttpRequestRecord record) =>
        HttpHead.TryParse(record.Head, out HttpHead head) && !head.HostName.IsEmpty ? terms.OfName(head.HostName, isSni: false) : 0;

    private uint OfQuestions(DnsRecord record)
    {
        if (!DnsMessage.TryView(record.Message, out DnsMessage message))
        {
            return 0;
        }

        uint holding = 0;
        Span<byte> name = stackalloc byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            int length = message.WriteLowerName(question.NameOffset, name);
            holding |= length > 0 ? terms.OfName(name[..length], isSni: false) : 0;
        }

        return holding;
    }
}
