using System.Text;
using CsCheck;
using Vittne.Protocols.Secrets;

namespace Vittne.Protocols.Tests.Secrets;

public sealed class TlsSecretsTests
{
    private static readonly string Random = new('a', 64);
    private static readonly string Secret = new('b', 64);
    private static readonly string Master = new('c', 96);

    [Fact]
    public void Lines_of_all_ages_and_systems_are_read()
    {
        TlsSecrets secrets = Read(
            $"# a remark\r\n\r\nCLIENT_RANDOM {Random} {Master}\r\nQUIC_CLIENT_HANDSHAKE_TRAFFIC_SECRET {Random.ToUpperInvariant()} {Secret}\n"
            + $"  SERVER_HANDSHAKE_TRAFFIC_SECRET  {Random}  {Master} \nEXPORTER_SECRET {Random} {Secret}\nSERVER_TRAFFIC_SECRET_0 {Random} {Secret}");

        Assert.True(secrets.TryFind(Convert.FromHexString(Random), out SessionSecrets? session));
        Assert.Equal((48, 32, 48, 32), (session.Master?.Length, session.ClientHandshake?.Length, session.ServerHandshake?.Length, session.ServerTraffic?.Length));
        Assert.Null(session.ClientTraffic);
        Assert.Equal(1, secrets.Sessions);
    }

    [Theory]
    [InlineData("CLIENT_RANDOM")]
    [InlineData("CLIENT_RANDOM aa bb")]
    [InlineData("CLIENT_RANDOM aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("CLIENT_RANDOM aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb")]
    [InlineData("CLIENT_RANDOM aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("CLIENT_RANDOM aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public void Broken_lines_are_passed_over(string line) => Assert.Equal(0, Read(line + "\n").Sessions);

    [Fact]
    public void File_is_read_in_blocks_as_it_is_read_at_once()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 3_000; i++)
        {
            text.Append("CLIENT_RANDOM ").Append(i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)).Append(' ').Append(Master).Append('\n');
        }

        byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
        var blocks = new TlsSecrets();

        Assert.Equal(3_000, blocks.Add(new MemoryStream(bytes)));
        Assert.Equal(3_000, blocks.Sessions);
        Assert.Equal(0, new TlsSecrets().Add(new MemoryStream(new byte[1 << 20])));
    }

    [Fact]
    public void Garbage_is_no_secret() =>
        Gen.Byte.Array[0, 300].Sample(static bytes => new TlsSecrets().Add(bytes) == 0);

    private static TlsSecrets Read(string text)
    {
        var secrets = new TlsSecrets();
        secrets.Add(Encoding.ASCII.GetBytes(text));
        return secrets;
    }
}
