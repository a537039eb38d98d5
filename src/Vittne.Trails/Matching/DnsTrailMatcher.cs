using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Matching;

/// <summary>Compares the names and addresses of DNS messages with the trails.</summary>
/// <param name="index">The trails.</param>
/// <param name="teller">Makes the events.</param>
internal sealed class DnsTrailMatcher(ITrailIndex index, ThreatTeller teller)
{
    /// <summary>The port whose queries are told with the name that was asked for.</summary>
    private const ushort DnsPort = 53;

    private const ushort ClassInternet = 1;

    /// <summary>Looks at one message.</summary>
    public void OnRecord(DnsRecord record, IRecordSink findings)
    {
        if (!DnsMessage.TryView(record.Message, out DnsMessage message))
        {
            return;
        }

        if (!message.IsResponse)
        {
            TellReceiver(record, message, findings);
        }

        Span<byte> name = stackalloc byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            int length = message.WriteLowerName(question.NameOffset, name);
            if (length <= 0)
            {
                continue;
            }

            if (message.IsResponse)
            {
                teller.TellQuestionOfAnswer(record, name[..length], findings);
            }
            else
            {
                teller.TellName(record, name[..length], "dns.query", [], findings);
            }
        }

        if (message.IsResponse)
        {
            TellAnswers(record, message, name, findings);
        }
    }

    private void TellAnswers(DnsRecord record, DnsMessage message, Span<byte> name, IRecordSink findings)
    {
        foreach (DnsResource resource in message.Resources)
        {
            if (resource.TryGetAddress(out IpAddress address))
            {
                teller.TellAddress(record, address, "dns.answer", [], findings);
            }
            else if (resource.Type != DnsType.Soa && resource.TryGetTarget(out int offset))
            {
                int length = message.WriteLowerName(offset, name);
                if (length > 0)
                {
                    teller.TellName(record, name[..length], "dns.answer", [], findings);
                }
            }
        }
    }

    /// <summary>A resolver that is a trail is told with the name that it was asked for: that is what a person wants to know of it.</summary>
    private void TellReceiver(DnsRecord record, DnsMessage message, IRecordSink findings)
    {
        var sighting = Sighting.Of(record.Flow, record.Direction);
        if (sighting.Protocol != IpProtocol.Udp || sighting.DestinationPort != DnsPort)
        {
            return;
        }

        bool isEndpoint = index.TryFindEndpoint(sighting.Destination, DnsPort, out int trail);
        if (!isEndpoint && !index.TryFindAddress(sighting.Destination, out trail))
        {
            return;
        }

        EventType type = isEndpoint ? EventType.Iport : EventType.Ip;
        string address = sighting.Destination.ToString();
        bool isTold = false;
        Span<byte> name = stackalloc byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            if (question.Type is DnsType.Ptr or DnsType.Aaaa || question.Class != ClassInternet)
            {
                continue;
            }

            int length = message.WriteLowerName(question.NameOffset, name);
            if (length > 0)
            {
                teller.Tell(record, type, $"{address} ({Encoding.ASCII.GetString(name[..length])})", trail, "ip.dst", [], findings);
                isTold = true;
            }
        }

        if (!isTold)
        {
            string text = isEndpoint ? AddressText.OfEndpoint(sighting.Destination, DnsPort) : address;
            teller.Tell(record, type, text, trail, "ip.dst", [], findings);
        }
    }
}
