using System.Text;
using CsCheck;
using Vittne.Protocols.Content;

namespace Vittne.Protocols.Tests.Content;

public sealed class ContentSnifferTests
{
    [Theory]
    [InlineData("MZ\u0090\0\u0003", "application/x-dosexec")]
    [InlineData("\u007fELF\u0002", "application/x-executable")]
    [InlineData("PK\u0003\u0004", "application/zip")]
    [InlineData("\u001f\u008b\u0008", "application/gzip")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("\u0089PNG\r\n\u001a\n", "image/png")]
    [InlineData("GIF89a\u0001", "image/gif")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "image/webp")]
    [InlineData("\0\0\0\u0018ftypmp42", "video/mp4")]
    [InlineData(" \r\n<!DocType HTML>", "text/html")]
    [InlineData("\u00ef\u00bb\u00bf<html>", "text/html")]
    [InlineData("<?xml version=\"1.0\"?>", "application/xml")]
    [InlineData("{ \"a\": 1 }", "application/json")]
    [InlineData("[1, 2]", "application/json")]
    [InlineData("[link] more", "text/plain")]
    [InlineData("{not json", "text/plain")]
    [InlineData("MZ begins a line of text, and CWS too", "text/plain")]
    [InlineData("caf\u00e9 in Latin-1, as old pages are", "text/plain")]
    [InlineData("#!/bin/sh\n", "text/x-shellscript")]
    public void Content_is_told_by_its_first_bytes(string content, string expected) =>
        Assert.Equal(expected, ContentSniffer.MediaType(Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData("")]
    [InlineData("\u0001\u0002\u0003\u0004")]
    [InlineData("\u00e9\u00e8\u00ea\u00eb")]
    public void Unknown_content_has_no_type(string content) => Assert.Null(ContentSniffer.MediaType(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void Character_that_the_bound_cuts_is_text_nevertheless() =>
        Assert.Equal("text/plain", ContentSniffer.MediaType(Encoding.UTF8.GetBytes("a" + new string('\u4e2d', 400))));

    [Fact]
    public void Garbage_is_taken_without_exception() =>
        Gen.Byte.Array[0, 600].Sample(bytes => ContentSniffer.MediaType(bytes) is null or { Length: > 5 });
}
