using System.Text;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Protocols.Icmp;

namespace Vittne.Protocols.Tests.Icmp;

public sealed class EchoTrafficTests
{
    [Fact]
    public void Ping_with_a_time_stamp_in_front_does_not_change() => Assert.Empty(Pings(200, i =>
    {
        byte[] payload = new byte[56];
        BitConverter.TryWriteBytes(payload, i * 1_000_003L);
        for (int at = 16; at < payload.Length; at++)
        {
            payload[at] = (byte)at;
        }

        return payload;
    }));

    [Fact]
    public void Payload_that_changes_is_told_each_time_the_changes_doubled()
    {
        List<EchoTrafficRecord> records = Pings(70, i => Encoding.ASCII.GetBytes($"0123456789abcdefthis is line number {i}"));
        Assert.Equal([16, 32, 64], records.ConvertAll(record => record.Changes));
        Assert.Equal((17, 0), (records[0].Packets / 2, records[0].UnlikeReplies));
        Assert.InRange(records[0].EntropyBits, 3.5, 4.5);
    }

    [Fact]
    public void Replies_that_do_not_repeat_their_request_are_counted()
    {
        var traffic = new EchoTraffic();
        EchoTrafficRecord? last = null;
        for (int i = 0; i < 40; i++)
        {
            Take(traffic, isRequest: true, Encoding.ASCII.GetBytes($"0123456789abcdefquestion {i}"), i, ref last);
            Take(traffic, isRequest: false, Encoding.ASCII.GetBytes($"0123456789abcdefanswer {i}"), i, ref last);
        }

        Assert.NotNull(last);
        Assert.InRange(last.UnlikeReplies, 30, 40);
    }

    [Fact]
    public void Changes_of_more_than_a_minute_do_not_add_up()
    {
        var traffic = new EchoTraffic();
        EchoTrafficRecord? last = null;
        for (int i = 0; i < 100; i++)
        {
            Take(traffic, isRequest: true, Encoding.ASCII.GetBytes($"0123456789abcdefmonitor {i}"), i * 5, ref last);
        }

        Assert.Null(last);
    }

    private static List<EchoTrafficRecord> Pings(int count, Func<int, byte[]> payload)
    {
        var traffic = new EchoTraffic();
        var records = new List<EchoTrafficRecord>();
        for (int i = 0; i < count; i++)
        {
            foreach (bool isRequest in (ReadOnlySpan<bool>)[true, false])
            {
                EchoTrafficRecord? record = null;
                Take(traffic, isRequest, payload(i / 2), i * 0.1, ref record);
                if (record is not null)
                {
                    records.Add(record);
                }
            }
        }

        return records;
    }

    private static void Take(EchoTraffic traffic, bool isRequest, byte[] payload, double second, ref EchoTrafficRecord? last) =>
        last = traffic.Take(isRequest, payload, new FlowEntry { Protocol = IpProtocol.Icmp }, [], new PacketStamp((long)(second * 1e9), 1, 1, 0)) ?? last;
}
