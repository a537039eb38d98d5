using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class UserAgentTextTests
{
    [Theory]
    [InlineData("masscan/1.0", "masscan", "masscan(/1.0)")]
    [InlineData("CrowdStrike Falcon Sensor", "CrowdStrike", "CrowdStrike( Falcon Sensor)")]
    [InlineData("WinHTTP loader/1.0", "WinHTTP loader/1.0", "WinHTTP loader/1.0")]
    [InlineData("Mozilla/4.75 (Nikto/2.1.4) (Test:3)", "Mozilla/4.7", "Mozilla/4.7(5 \\(Nikto/2.1.4\\) \\(Test:3\\))")]
    [InlineData("This is a dummy message", "dummy", "dummy (This is a dummy message)")]
    [InlineData("a tail", "tail", "(a )tail")]
    [InlineData("x(y)\\", "x", "x(\\(y\\))")]
    public void Match_stands_free_and_parentheses_are_escaped(string value, string match, string expected) =>
        Assert.Equal(expected, UserAgentText.Of(value, match));

    [Theory]
    [InlineData("SophosUpdate sqlmap", true)]
    [InlineData("microsoft-cryptoapi/10.0", true)]
    [InlineData("sqlmap/1.0", false)]
    public void Products_with_odd_words_are_left_alone(string value, bool expected) => Assert.Equal(expected, UserAgentText.IsHonest(value));
}
