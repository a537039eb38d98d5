using System.Text;

namespace Vittne.Mutations;

/// <summary>Words of the protocols: what chance alone would not write.</summary>
internal static class Dictionary
{
    /// <summary>The words.</summary>
    public static byte[][] Words { get; } =
    [
        .. ((string[])
        [
            "GET ", "POST ", "HEAD ", "CONNECT ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.0 304 \r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n", "\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", ";", "=",
            "Content-Length: ", "Content-Length: 0\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Content-Encoding: deflate, gzip\r\n",
            "Content-Type: multipart/form-data; boundary=x\r\n", "Host: ", "Authorization: Basic ", "Cookie: ", "Connection: Upgrade\r\n",
            "Range: bytes=0-", "ffffffff\r\n", "0\r\n\r\n", "7fffffffffffffff\r\n", "SSH-2.0-", "SSH-1.99-", "220 ", "220-", "250-", "250 ", "354 ", "530 ", "331 ",
            "EHLO ", "MAIL FROM:<", "RCPT TO:<", "DATA\r\n", ".\r\n", "BDAT 1000 LAST\r\n", "BDAT 99999999999\r\n", "STARTTLS\r\n", "AUTH PLAIN ", "AUTH LOGIN\r\n",
            "USER ", "PASS ", "PORT 1,2,3,4,5,6\r\n", "EPRT |1|1.2.3.4|5|\r\n", "227 Entering Passive Mode (1,2,3,4,5,6)\r\n", "229 (|||5|)\r\n", "RETR ", "STOR ",
            "+OK ", "-ERR ", "+ ", "* OK ", "a001 OK ", "a001 LOGIN ", "{10}\r\n", "{99999999999}\r\n", "{4294967295+}\r\n", "STLS\r\n", "TOP 1 0\r\n",
            "NICK ", "PRIVMSG #a :", ":a!b@c 001 ", "CAP LS\r\n", "M-SEARCH * HTTP/1.1\r\n", "NOTIFY * HTTP/1.1\r\n", "octet\0", "blksize\0", "tsize\0",
            "%00", "%25", "\\x00", "../", "<script>", "' OR '1'='1", "xn--", "*.", "https://", "\u00FF\u00FE", "{\"", "\":", "[", "]", "}", "null", "1e999",
            "\"type\":\"bundle\"", "\"objects\":[", "[ipv4-addr:value = '", "alert tcp any any -> any any (msg:\"", "content:\"|", "sid:1;)", "<Indicator ", "<!--", "&#x",
            "(?i)", "(?:", "(a+)+", "{0,1000}", "[^", "\\b", "\\d", ".*", "$",
        ]).Select(Encoding.Latin1.GetBytes),
        [0x16, 0x03, 0x01], [0x16, 0x03, 0x03, 0x40, 0x00], [0x14, 0x03, 0x03, 0x00, 0x01, 0x01], [0x80, 0x2E, 0x01], [0x0B, 0xFF, 0xFF, 0xFF], [0x01, 0x00, 0x00],
        [0x30, 0x82], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x06, 0x03, 0x55, 0x1D, 0x11], [0x05, 0x00], [0x17, 0x0D],
        [0xC0, 0x0C], [0xC0, 0x00], [0xFF, 0xFF], [0x00, 0x00], [0x63, 0x82, 0x53, 0x63], [0x35, 0x01], [0x1F, 0x8B, 0x08, 0x00],
        [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18], [0x78, 0x9C], [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x0A, 0x0D, 0x0D, 0x0A],
        [0x06, 0x00, 0x00, 0x00], [0x00, 0x01, 0x00, 0x01], [0x08, 0x00, 0x45, 0x00], [0x86, 0xDD, 0x60, 0x00], [0x81, 0x00], [0x88, 0xA8], [0x88, 0x47], [0x88, 0x64],
        [0xC3, 0x00, 0x00, 0x00, 0x01], [0xFE, 0xFD], [0xFE, 0xFF],
    ];
}
