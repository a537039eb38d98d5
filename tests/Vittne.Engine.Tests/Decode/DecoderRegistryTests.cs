using Vittne.Engine.Decode;

namespace Vittne.Engine.Tests.Decode;

public sealed class DecoderRegistryTests
{
    [Fact]
    public void Who_asks_for_tls_gets_dtls_by_its_own_name()
    {
        Assert.Equal(("tls", "dtls"), (DecoderRegistry.Find("tls")?.Schema.Name, DecoderRegistry.Find("tls")?.Also?.Name));
        Assert.Equal(("dtls", null), (DecoderRegistry.Find("dtls")?.Schema.Name, DecoderRegistry.Find("dtls")?.Also?.Name));
    }
}
