using System.Text;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http2;

/// <summary>Builds frames and header blocks of HTTP/2.</summary>
internal static class Http2Bytes
{
    public const int EndStream = 0x01;
    public const int EndHeaders = 0x04;

    private const int Padded = 0x08;
    private const int Priority = 0x20;

    public static byte[] Preface => Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    /// <summary>A frame (RFC 9113 section 4.1).</summary>
    public static byte[] Frame(int type, int flags, int stream, params ReadOnlySpan<byte> payload) =>
        new Bytes().U24(payload.Length).U8(type).U8(flags).U32(stream).Raw(payload).ToArray();

    public static byte[] Settings(params (int Identifier, int Value)[] settings)
    {
        var payload = new Bytes();
        foreach ((int identifier, int value) in settings)
        {
            payload.U16(identifier).U32(value);
        }

        return Frame(4, 0, 0, payload);
    }

    public static byte[] Headers(int stream, int flags, params string[] fields) => Frame(1, flags, stream, Block(fields));

    /// <summary>HEADERS with padding and priority.</summary>
    public static byte[] PaddedHeaders(int stream, int flags, ReadOnlySpan<byte> fragment) =>
        Frame(1, flags | Padded | Priority, stream, new Bytes().U8(3).U32(0).U8(16).Raw(fragment).Repeat(0, 3));

    public static byte[] Continuation(int stream, int flags, ReadOnlySpan<byte> fragment) => Frame(9, flags, stream, fragment);

    public static byte[] Data(int stream, int flags, string text) => Frame(0, flags, stream, Encoding.Latin1.GetBytes(text));

    public static byte[] PaddedData(int stream, int flags, string text) =>
        Frame(0, flags | Padded, stream, new Bytes().U8(2).Text(text).U16(0));

    public static byte[] Reset(int stream) => Frame(3, 0, stream, new Bytes().U32(8));

    public static byte[] Promise(int stream, int promised, params string[] fields) =>
        Frame(5, EndHeaders, stream, new Bytes().U32(promised).Raw(Block(fields)));

    /// <summary>Fields as literals without indexing: each <c>name=value</c>; with <c>+</c> before it as one that enters the table.</summary>
    public static byte[] Block(params string[] fields)
    {
        var block = new Bytes();
        foreach (string field in fields)
        {
            bool isKept = field[0] == '+';
            string text = isKept ? field[1..] : field;
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            Text(Text(block.U8(isKept ? 0x40 : 0x00), text[..equals]), text[(equals + 1)..]);
        }

        return block.ToArray();
    }

    public static byte[] Get(int stream, string path, int flags = EndStream | EndHeaders) =>
        Headers(stream, flags, ":method=GET", ":scheme=http", ":authority=a.test", $":path={path}");

    private static Bytes Text(Bytes block, string text)
    {
        // A length of seven bits, the rest in groups of seven (RFC 7541 section 5.1).
        if (text.Length < 127)
        {
            return block.U8(text.Length).Text(text);
        }

        int rest = text.Length - 127;
        block.U8(127);
        for (; rest >= 128; rest >>= 7)
        {
            block.U8(0x80 | (rest & 0x7F));
        }

        return block.U8(rest).Text(text);
    }
}
