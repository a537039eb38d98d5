using CsCheck;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpHeadTests
{
    [Fact]
    public void Request_head_yields_its_parts()
    {
        Assert.True(HttpHead.TryParse("GET  /a b?c=1 HTTP/1.1\r\nHOST: X.test:8080\r\nUser-Agent:me\r\n\r\nbody: no"u8, out HttpHead head));

        Assert.True(head.IsRequest);
        Assert.Equal(("GET", "/a b?c=1", "HTTP/1.1"), (HttpText.Text(head.Method), HttpText.Text(head.Target), HttpText.Text(head.Version)));
        Assert.Equal(("X.test:8080", "X.test"), (HttpText.Text(head.Host), HttpText.Text(head.HostName)));
        Assert.True(head.TryGetHeader("user-agent"u8, out ReadOnlySpan<byte> agent));
        Assert.Equal("me", HttpText.Text(agent));
        Assert.False(head.TryGetHeader("body"u8, out _));
        Assert.Equal(0, head.Status);
    }

    [Fact]
    public void Response_head_yields_its_parts()
    {
        Assert.True(HttpHead.TryParse("HTTP/1.1 404 Not  Found\r\nServer: s\r\n"u8, out HttpHead head));

        Assert.False(head.IsRequest);
        Assert.Equal((404, "Not  Found", "HTTP/1.1"), (head.Status, HttpText.Text(head.Reason), HttpText.Text(head.Version)));
        Assert.True(head.Method.IsEmpty && head.Target.IsEmpty && head.Host.IsEmpty);
    }

    [Fact]
    public void Headers_keep_order_and_case_and_join_their_folds()
    {
        Assert.True(HttpHead.TryParse("GET / HTTP/1.1\nB: 1\n  2\r\n\t3 \nno colon\na :x\nB:\n\nC: d"u8, out HttpHead head));
        List<string> told = [];
        foreach (HttpHeader header in head.Headers)
        {
            told.Add($"{HttpText.Text(header.Name)}={HttpText.Text(header.Value)}{(header.HasBlankBeforeColon ? "!" : "")}");
        }

        Assert.Equal(["B=1 2 3", "no colon=", "a=x!", "B="], told);
    }

    [Theory]
    [InlineData("GET http://u:p@A.test:81/x HTTP/1.1\r\n\r\n", "A.test:81", "A.test")]
    [InlineData("GET http://a.test?x HTTP/1.1\r\nHost: b.test\r\n\r\n", "b.test", "b.test")]
    [InlineData("CONNECT a.test:443 HTTP/1.1\r\n\r\n", "a.test:443", "a.test")]
    [InlineData("GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n", "[2001:db8::1]:80", "2001:db8::1")]
    [InlineData("GET /?u=http://a.test HTTP/1.1\r\n\r\n", "", "")]
    [InlineData("GET /old\r\n", "", "")]
    public void Host_is_the_header_or_what_the_target_tells(string text, string host, string name)
    {
        Assert.True(HttpHead.TryParse(HttpText.Latin1(text), out HttpHead head));

        Assert.Equal((host, name), (HttpText.Text(head.Host), HttpText.Text(head.HostName)));
    }

    [Fact]
    public void Empty_head_of_an_answer_without_head_is_refused() =>
        Assert.False(HttpHead.TryParse([], out _));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", Recognition.Yes)]
    [InlineData("\r\nPOST /a HTTP/1.0\n", Recognition.Yes)]
    [InlineData("GET /old\r\n", Recognition.Yes)]
    [InlineData("GET /old\n", Recognition.Yes)]
    [InlineData("POST /old\r\n", Recognition.Yes)]
    [InlineData("FOO /old\r\n", Recognition.No)]
    [InlineData("GET old\r\n", Recognition.No)]
    [InlineData("get /old\r\n", Recognition.No)]
    [InlineData("FOO-BAR /x HTTP/1.1\r\n", Recognition.Yes)]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n", Recognition.Yes)]
    [InlineData("GE", Recognition.NeedMore)]
    [InlineData("GET /half", Recognition.NeedMore)]
    [InlineData("HTT", Recognition.NeedMore)]
    [InlineData("HTTP/1.1 ", Recognition.NeedMore)]
    [InlineData("HTTP/1.1 200 OK\r\n", Recognition.Yes)]
    [InlineData("HTTP/x", Recognition.No)]
    [InlineData("OPTIONS sip:bob@a.test SIP/2.0\r\n", Recognition.No)]
    [InlineData("OPTIONS * RTSP/1.0\r\n", Recognition.No)]
    [InlineData("SIP/2.0 200 OK\r\n", Recognition.No)]
    [InlineData("RTSP/1.0 200 OK\r\n", Recognition.No)]
    [InlineData("REQMOD icap://a/b ICAP/1.0\r\n", Recognition.No)]
    [InlineData("PRI * HTTP/2.0\r\n", Recognition.No)]
    [InlineData("220 mail ESMTP\r\n", Recognition.No)]
    [InlineData("USER anonymous\r\n", Recognition.No)]
    [InlineData("\u0016\u0003\u0001\u0002", Recognition.No)]
    public void Recognition_knows_http_from_its_relatives(string start, Recognition expected) =>
        Assert.Equal(expected, HttpParser.Recognizes(HttpText.Latin1(start)));

    [Fact]
    public void Long_request_line_is_recognised_by_its_beginning() =>
        Assert.Equal(Recognition.Yes, HttpParser.Recognizes(HttpText.Latin1("GET /" + new string('a', 100))));

    [Fact]
    public void Any_bytes_are_read_to_an_end() =>
        Gen.OneOf(Gen.Byte, Gen.Int[0, 4].Select(i => (byte)"\n\r :H"[i])).Array[0, 300].Sample(bytes =>
        {
            _ = HttpParser.Recognizes(bytes);
            if (HttpHead.TryParse(bytes, out HttpHead head))
            {
                foreach (HttpHeader header in head.Headers)
                {
                    Assert.True(header.Value.Length <= bytes.Length && header.Name.Length <= bytes.Length);
                }

                Assert.True(head.HostName.Length <= bytes.Length && head.Target.Length <= bytes.Length && head.Reason.Length <= bytes.Length);
            }
        });
}
