using CsCheck;
using Vittne.Engine.Flows.Reading;
using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Tests.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Reading;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData("jsonl", FlowInputKind.Json)]
    [InlineData("csv", FlowInputKind.Csv)]
    [InlineData("tsv", FlowInputKind.Tsv)]
    [InlineData("eve", FlowInputKind.Eve)]
    [InlineData("ipfix", FlowInputKind.Export)]
    [InlineData("netflow9", FlowInputKind.Export)]
    public void What_is_read_back_is_written_the_same(string format, FlowInputKind kind)
    {
        FlowRecord full = SampleFlows.Full();

        // Flow export has the top of the label stack only.
        full.NeedContext().Mpls = kind == FlowInputKind.Export ? [1] : full.NeedContext().Mpls;
        byte[] first = Bytes(format, [.. SampleFlows.All(), full]);
        Readings read = Readings.Of(first);

        Assert.Equal(kind, read.Kind);
        Assert.Equal(0, read.Summary.Broken);
        Assert.NotEmpty(read.Records);
        Assert.Equal(first, Bytes(format, read.Records));
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("tsv")]
    public void Asked_columns_are_read_back(string format)
    {
        const string Columns = "ts,ltime,proto,src_ip,sport,daddr,dst_port,spkts,dbytes,vlan,tunnel,sflags,smac,tcprtt,dir_guess,trans,mean,conn_state";
        byte[] first = Bytes(format, [.. SampleFlows.All(), SampleFlows.Full()], Columns);

        Assert.Equal(first, Bytes(format, Readings.Of(first).Records, Columns));
    }

    [Fact]
    public void Zeek_log_is_read_back_but_for_the_names_of_connections()
    {
        FlowRecord[] flows = [SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping()];
        string first = Written.By(Zeek, flows);
        Readings read = Readings.Of(first);

        Assert.Equal(FlowInputKind.Zeek, read.Kind);
        Assert.Equal(Nameless(first), Nameless(Written.By(Zeek, read.Records)));
    }

    [Fact]
    public void Any_record_survives_json() => Gen.Select(Gen.Long[0, long.MaxValue / 2], Gen.Long[0, 1_000_000_000_000], Gen.Int[-2, 65_535], Gen.String, Gen.Long[-1, long.MaxValue], Gen.Bool)
        .Sample((first, duration, port, text, count, isNanosecond) =>
        {
            FlowRecord record = SampleFlows.Http();
            record.TimeDigits = isNanosecond ? (byte)9 : (byte)6;
            record.FirstNs = isNanosecond ? first : first / 1_000 * 1_000;
            record.LastNs = record.FirstNs + (isNanosecond ? duration : duration / 1_000 * 1_000);
            record.SourcePort = port;
            record.Service = text;
            record.SourceBytes = count;
            string line = Written.By(Json, record);
            Assert.Equal(line, Written.By(Json, Readings.Of(line).Single));
        });

    private static JsonFlowWriter Json(FlowWriterOptions options) => new(options);

    private static IFlowWriter Zeek(FlowWriterOptions options) => FlowFormats.TryFind("zeek", out FlowFormat? format) ? format.Create(options) : throw new InvalidOperationException();

    private static string Nameless(string log) => string.Join('\n', log.Split('\n').Select(static line =>
    {
        string[] cells = line.Split('\t');
        return line.StartsWith('#') || cells.Length < 22 ? line : string.Join('\t', [cells[0], .. cells[2..20], cells[20] == "-" ? "-" : "name", cells[21]]);
    }));

    private static byte[] Bytes(string format, IEnumerable<FlowRecord> records, string? columns = null)
    {
        Assert.True(FlowFormats.TryFind(format, out FlowFormat? found));
        var output = new MemoryStream();
        IFlowWriter writer = found.Create(new FlowWriterOptions { Output = output, Columns = columns is null ? null : Written.Columns(columns) });
        foreach (FlowRecord record in records)
        {
            writer.Add(record);
        }

        writer.Finish();
        return output.ToArray();
    }
}
