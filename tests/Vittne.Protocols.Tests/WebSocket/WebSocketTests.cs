using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Http;
using Vittne.Protocols.WebSocket;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.WebSocket;

public sealed class WebSocketTests
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET /gate HTTP/1.1\r\nHost: evil.example.net\r\n\r\n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Request_in_a_frame_is_told_masked_or_not(bool isMasked)
    {
        byte[] frame = Frame(Request, isMasked);
        Assert.Equal(Recognition.Yes, WebSocketParser.Recognizes(frame));

        Assert.Equal(["GET /gate HTTP/1.1\r\nHost: evil.example.net\r\n"], Heads(frame, [frame.Length]));
    }

    [Fact]
    public void Any_cut_of_frames_gives_the_same_requests()
    {
        byte[] stream = [.. Frame(Request[..10], isMasked: true), .. Frame(Request[10..], isMasked: false), 0x89, 0x02, 1, 2, .. Frame(Request, isMasked: true)];
        Gen.Int[1, stream.Length].Array[0, 12].Sample(cuts => Heads(stream, cuts).Count == 2);
    }

    [Fact]
    public void Garbage_never_throws()
    {
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            _ = WebSocketParser.Recognizes(bytes);
            return Heads(bytes, [7, 50]).Count == 0;
        });
    }

    [Fact]
    public void Sockets_of_applications_are_left_alone() =>
        Assert.Equal(Recognition.No, WebSocketParser.Recognizes(Frame(Encoding.ASCII.GetBytes("{\"chat\":\"hello there\"}"), isMasked: true)));

    private static List<string> Heads(byte[] stream, int[] cuts)
    {
        RecordList records = [];
        var parser = new WebSocketParser(TestFlow.Tcp(80), records, ParserOptions.Messages);
        byte[] waiting = [];
        int from = 0;
        foreach (int to in cuts.Select(cut => Math.Min(cut, stream.Length)).Append(stream.Length).Distinct().Order())
        {
            waiting = [.. waiting, .. stream[from..to]];
            from = to;
            waiting = waiting[parser.OnData(Direction.FromOriginator, waiting, TestFlow.At(1))..];
        }

        parser.OnEnd(Direction.FromOriginator, waiting, TestFlow.At(2));
        return [.. records.OfType<HttpRequestRecord>().Select(request => Encoding.ASCII.GetString(request.Head))];
    }

    private static byte[] Frame(byte[] content, bool isMasked)
    {
        byte[] mask = isMasked ? [1, 2, 3, 4] : [];
        return [0x82, (byte)(content.Length | (isMasked ? 0x80 : 0)), .. mask, .. WebSocketFrame.Unmask(content, 0, mask)];
    }
}
