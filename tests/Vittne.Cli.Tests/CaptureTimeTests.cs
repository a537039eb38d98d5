namespace Vittne.Cli.Tests;

public sealed class CaptureTimeTests
{
    [Theory]
    [InlineData("1700000000", 1_700_000_000_000_000_000)]
    [InlineData("1700000000.25", 1_700_000_000_250_000_000)]
    [InlineData("2023-11-14T22:13:20Z", 1_700_000_000_000_000_000)]
    [InlineData("2023-11-14 22:13:20", 1_700_000_000_000_000_000)]
    [InlineData("2023-11-14T23:13:20+01:00", 1_700_000_000_000_000_000)]
    [InlineData("2023-11-14", 1_699_920_000_000_000_000)]
    public void Times_are_read_in_the_usual_forms(string text, long expectedNs)
    {
        Assert.True(CaptureTime.TryParse(text, out long timestampNs));
        Assert.Equal(expectedNs, timestampNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday-ish")]
    [InlineData("99999999999999999999")]
    public void Other_text_is_no_time(string text) => Assert.False(CaptureTime.TryParse(text, out _));
}
