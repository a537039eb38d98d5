using System.Text;
using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Tests.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Reading;

public sealed class DamagedRecordsTests
{
    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("zeek")]
    [InlineData("eve")]
    [InlineData("nfdump")]
    [InlineData("argus")]
    public void Any_damage_is_counted_and_ends_nothing(string format)
    {
        Assert.True(FlowFormats.TryFind(format, out FlowFormat? found));
        byte[] whole = Encoding.UTF8.GetBytes(Written.By(found.Create, [.. SampleFlows.All(), SampleFlows.Full()]));
        int lines = whole.Count(static b => b == '\n');
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            for (int times = random.Next(1, 4); times > 0; times--)
            {
                damaged[random.Next(whole.Length)] = (byte)random.Next(256);
            }

            Readings read = Readings.Of(damaged[..random.Next(whole.Length)]);
            Assert.InRange(read.Records.Count + read.Summary.Broken, 0, lines + 3);
        }
    }

    [Fact]
    public void Records_read_from_damage_can_be_written_in_every_form()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Written.By(static options => new JsonFlowWriter(options), SampleFlows.Full(), SampleFlows.Ping()));
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(whole.Length)] = (byte)('0' + random.Next(10));
            List<FlowRecord> records = Readings.Of(damaged).Records;
            Assert.All(FlowFormats.All, format => Assert.NotNull(Written.By(format.Create, records)));
        }
    }
}
