using CsCheck;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class TlsRecognitionTests
{
    private static byte[] Hello => Hellos.HandshakeRecords(Hellos.Client("a.test"));

    public static TheoryData<string, byte[], Recognition> Starts => new()
    {
        { "nothing", [], Recognition.NeedMore },
        { "client hello", Hello, Recognition.Yes },
        { "its first byte", Hello[..1], Recognition.NeedMore },
        { "its header", Hello[..5], Recognition.NeedMore },
        { "up to the version", Hello[..11], Recognition.Yes },
        { "server hello", Hellos.HandshakeRecords(Hellos.Server(0x0301, 5, null)), Recognition.Yes },
        { "hello in records of two bytes", Hellos.HandshakeRecords(Hellos.Client("a.test"), 2), Recognition.Yes },
        { "version 4", [22, 4, 0, 0, 50, 1, 0, 0, 46, 3, 3], Recognition.No },
        { "record too long", [22, 3, 1, 0x50, 0, 1, 0, 0, 46, 3, 3], Recognition.No },
        { "hello too short", [22, 3, 1, 0, 20, 1, 0, 0, 16, 3, 3], Recognition.No },
        { "request of HTTP", "GET / HTTP/1.1\r\n"u8.ToArray(), Recognition.No },
        { "alert and nothing else", Hellos.Record(21, [2, 40]), Recognition.NeedMore },
        { "two records of data", [.. Hellos.Record(23, new byte[40]), .. Hellos.Record(23, new byte[9])], Recognition.Yes },
        { "data and then something else", [.. Hellos.Record(23, new byte[40]), 1, 2, 3, 4, 5], Recognition.No },
        { "hello of SSLv2", new Bytes().U16(0x801C).U8(1).U16(2).U16(3).U16(0).U16(16).U24(0x010080).Repeat(1, 16).ToArray(), Recognition.Yes },
        { "SSLv2 lengths that do not add up", new Bytes().U16(0x801D).U8(1).U16(2).U16(3).U16(0).U16(16).U24(0x010080).Repeat(1, 16).ToArray(), Recognition.No },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void First_bytes_are_told_apart(string what, byte[] data, Recognition expected) =>
        Assert.True(expected == TlsParser.Recognizes(data), what);

    [Fact]
    public void Prefix_of_what_is_recognised_is_never_refused() =>
        Gen.Int[0, Hello.Length].Sample(length => TlsParser.Recognizes(Hello.AsSpan(0, length)) != Recognition.No);

    [Fact]
    public void Random_bytes_are_hardly_ever_recognised_and_never_throw()
    {
        int recognised = 0;
        Gen.Byte.Array[0, 64].Sample(
            bytes =>
            {
                if (TlsParser.Recognizes(bytes) == Recognition.Yes)
                {
                    Interlocked.Increment(ref recognised);
                }
            },
            iter: 2_000);
        Assert.InRange(recognised, 0, 2);
    }
}
