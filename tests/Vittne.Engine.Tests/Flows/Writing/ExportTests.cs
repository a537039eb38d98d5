using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Output.Remote;
using Vittne.Engine.Tests.Flows.Reading;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class ExportTests
{
    private const int MaxMessage = 1_400;

    [Fact]
    public void Ipfix_message_has_its_template_and_length()
    {
        byte[] bytes = Bytes("ipfix", [SampleFlows.Http()]);

        Assert.Equal(10, BinaryPrimitives.ReadUInt16BigEndian(bytes));
        Assert.Equal(bytes.Length, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
        Assert.Equal(1_700_000_001u, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
        Assert.Equal((2, 256), (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(20))));
    }

    [Theory]
    [InlineData("ipfix")]
    [InlineData("netflow9")]
    public void Flows_come_back_with_their_amounts_and_times(string format)
    {
        FlowRecord[] flows = [.. Enumerable.Range(0, 500).SelectMany(static _ => (FlowRecord[])[SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping()])];
        List<FlowRecord> read = Readings.Of(Bytes(format, flows)).Records;

        Assert.Equal(format == "ipfix" ? 1_500 : 2_500, read.Count);
        Assert.Equal(flows.Sum(static flow => flow.Packets), read.Sum(static flow => flow.Packets));
        Assert.Equal(flows.Sum(static flow => flow.IpBytes), read.Sum(static flow => flow.IpBytes));
        Assert.All(read, static flow => Assert.Equal(SampleFlows.StartNs / 1_000_000, flow.FirstNs / 1_000_000));
    }

    [Fact]
    public void Ipfix_keeps_the_time_of_the_capture_to_the_digit()
    {
        List<FlowRecord> read = Readings.Of(Bytes("ipfix", [SampleFlows.Http(), SampleFlows.Dns()])).Records;

        Assert.Equal((SampleFlows.Http().FirstNs, SampleFlows.Http().LastNs, 6), (read[0].FirstNs, read[0].LastNs, read[0].TimeDigits));
        Assert.Equal((SampleFlows.Dns().FirstNs, 9), (read[1].FirstNs, read[1].TimeDigits));
    }

    [Fact]
    public void NetFlow_times_reach_over_a_month_within_one_file()
    {
        FlowRecord late = SampleFlows.Http();
        late.FirstNs += 100L * 86_400 * 1_000_000_000;
        late.LastNs = late.FirstNs + (20L * 86_400 * 1_000_000_000);
        List<FlowRecord> read = Readings.Of(Bytes("netflow9", [late, SampleFlows.Http(), late])).Records;

        Assert.Equal([late.FirstNs, late.FirstNs, SampleFlows.StartNs, SampleFlows.StartNs, late.FirstNs, late.FirstNs], read.Select(static flow => flow.FirstNs + 456_000));
        Assert.Equal(late.DurationNs, read[0].DurationNs);
    }

    [Theory]
    [InlineData("ipfix")]
    [InlineData("netflow9")]
    public void Datagrams_are_short_and_the_first_tells_the_template(string format)
    {
        using var collector = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        collector.Client.ReceiveBufferSize = 4 << 20;
        int port = ((IPEndPoint)collector.Client.LocalEndPoint!).Port;
        Assert.True(FlowFormats.TryFind(format, out FlowFormat? found));
        IFlowWriter writer = found.Create(new FlowWriterOptions { Output = Stream.Null, Datagrams = new RemoteAddress(RemoteTransport.Udp, "127.0.0.1", port) });
        for (int i = 0; i < 100; i++)
        {
            writer.Add(SampleFlows.Http());
        }

        writer.Finish();
        var all = new MemoryStream();
        while (collector.Available > 0)
        {
            IPEndPoint? sender = null;
            byte[] message = collector.Receive(ref sender);
            Assert.InRange(message.Length, 1, MaxMessage);
            all.Write(message);
        }

        List<FlowRecord> read = Readings.Of(all.ToArray()).Records;
        Assert.Equal(100 * SampleFlows.Http().Packets, read.Sum(static flow => flow.Packets));
    }

    [Theory]
    [InlineData("ipfix")]
    [InlineData("netflow9")]
    public void Damaged_messages_end_the_file_in_words(string format)
    {
        byte[] whole = Bytes(format, [SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping()]);
        for (int length = 24; length < whole.Length; length++)
        {
            Readings read = Readings.Of(whole[..length]);
            Assert.InRange(read.Records.Count, 0, 5);
        }

        Assert.Equal(1, Readings.Of(whole[..^1]).Summary.Broken);
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(whole.Length)] = (byte)random.Next(256);
            Assert.InRange(Readings.Of(damaged).Records.Count, 0, whole.Length);
        }
    }

    private static byte[] Bytes(string format, IEnumerable<FlowRecord> records)
    {
        Assert.True(FlowFormats.TryFind(format, out FlowFormat? found));
        var output = new MemoryStream();
        IFlowWriter writer = found.Create(new FlowWriterOptions { Output = output });
        foreach (FlowRecord record in records)
        {
            writer.Add(record);
        }

        writer.Finish();
        return output.ToArray();
    }
}
