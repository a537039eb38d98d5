using Vittne.Engine.Output.Remote;

namespace Vittne.Engine.Tests.Output.Remote;

public sealed class RemoteAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:514", "udp://192.0.2.1:514")]
    [InlineData("tcp://log.example.org:601", "tcp://log.example.org:601")]
    [InlineData("TLS://[2001:db8::1]:6514", "tls://[2001:db8::1]:6514")]
    public void Targets_are_read_with_and_without_their_transport(string text, string expected)
    {
        Assert.True(RemoteAddress.TryParse(text, out RemoteAddress? address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("log.example.org")]
    [InlineData(":514")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("2001:db8::1:514")]
    [InlineData("http://host:80")]
    [InlineData("[host]:514")]
    public void Other_text_is_no_target(string text) => Assert.False(RemoteAddress.TryParse(text, out _));
}
