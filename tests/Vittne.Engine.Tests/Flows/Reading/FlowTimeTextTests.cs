using Vittne.Engine.Flows.Reading;

namespace Vittne.Engine.Tests.Flows.Reading;

public sealed class FlowTimeTextTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("1300475168.652003", 1_300_475_168_652_003_000, 6)]
    [InlineData("1300475168.652003001", 1_300_475_168_652_003_001, 9)]
    [InlineData("1300475168.6520030019", 1_300_475_168_652_003_001, 10)]
    [InlineData("2011-03-18T19:06:08.652003000Z", 1_300_475_168_652_003_000, 6)]
    [InlineData("2011-03-18T19:06:08.652003001Z", 1_300_475_168_652_003_001, 9)]
    [InlineData("2011-03-18 19:06:08", 1_300_475_168_000_000_000, 0)]
    [InlineData("2011/03/18.19:06:08.652003", 1_300_475_168_652_003_000, 6)]
    [InlineData("2011-03-18T21:06:08.5+0200", 1_300_475_168_500_000_000, 1)]
    [InlineData("2011-03-18T14:36:08-04:30", 1_300_475_168_000_000_000, 0)]
    [InlineData("19:06:08.652003", 68_768_652_003_000, 6)]
    public void Time_is_read(string text, long ns, int digits)
    {
        Assert.True(FlowTimeText.TryParse(text, out long read, out int readDigits));
        Assert.Equal((ns, digits), (read, readDigits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.x")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372037.0")]
    [InlineData("2011-13-18 19:06:08")]
    [InlineData("2011-03-18 25:06:08")]
    [InlineData("2011-03-18 19:06")]
    [InlineData("1969-03-18 19:06:08")]
    [InlineData("9999-03-18 19:06:08")]
    [InlineData("2011-03-18T19:06:08+99:99")]
    public void What_is_no_time_is_refused(string text) => Assert.False(FlowTimeText.TryParse(text, out _, out _));
}
