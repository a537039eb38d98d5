using System.Text;

namespace Vittne.Protocols.Content;

/// <summary>Bytes that begin content of one media type.</summary>
internal sealed class ContentMagic
{
    private const int MinTextLength = 5;

    private readonly int _offset;
    private readonly byte[] _bytes;

    /// <summary>Binary content; the first that matches tells.</summary>
    public static ContentMagic[] All { get; } =
    [
        new("application/x-dosexec", 0, "MZ"u8),
        new("application/x-executable", 0, [0x7F, .. "ELF"u8]),
        new("application/x-mach-o-executable", 0, [0xCF, 0xFA, 0xED, 0xFE]),
        new("application/x-mach-o-executable", 0, [0xCE, 0xFA, 0xED, 0xFE]),
        new("application/x-java-applet", 0, [0xCA, 0xFE, 0xBA, 0xBE]),
        new("application/wasm", 0, [0, .. "asm"u8]),
        new("application/x-dex", 0, "dex\n"u8),
        new("application/zip", 0, [.. "PK"u8, 3, 4]),
        new("application/zip", 0, [.. "PK"u8, 5, 6]),
        new("application/gzip", 0, [0x1F, 0x8B, 8]),
        new("application/x-bzip2", 0, "BZh"u8),
        new("application/x-xz", 0, [0xFD, .. "7zXZ"u8, 0]),
        new("application/zstd", 0, [0x28, 0xB5, 0x2F, 0xFD]),
        new("application/x-7z-compressed", 0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C]),
        new("application/x-rar", 0, [.. "Rar!"u8, 0x1A, 7]),
        new("application/vnd.ms-cab-compressed", 0, [.. "MSCF"u8, 0, 0, 0, 0]),
        new("application/x-arj", 0, [0x60, 0xEA]),
        new("application/x-tar", 257, "ustar"u8),
        new("application/vnd.debian.binary-package", 0, "!<arch>\ndebian"u8),
        new("application/x-rpm", 0, [0xED, 0xAB, 0xEE, 0xDB]),
        new("application/x-google-chrome-extension", 0, "Cr24"u8),
        new("application/x-ole-storage", 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        new("application/x-ms-shortcut", 0, [0x4C, 0, 0, 0, 1, 0x14, 2, 0]),
        new("application/vnd.ms-htmlhelp", 0, [.. "ITSF"u8, 3, 0, 0, 0]),
        new("application/pdf", 0, "%PDF-"u8),
        new("application/postscript", 0, "%!PS"u8),
        new("application/x-shockwave-flash", 0, "CWS"u8),
        new("application/x-shockwave-flash", 0, "FWS"u8),
        new("application/x-shockwave-flash", 0, "ZWS"u8),
        new("application/x-sqlite3", 0, "SQLite format 3\0"u8),
        new("application/vnd.tcpdump.pcap", 0, [0xD4, 0xC3, 0xB2, 0xA1]),
        new("application/vnd.tcpdump.pcap", 0, [0xA1, 0xB2, 0xC3, 0xD4]),
        new("image/png", 0, [0x89, .. "PNG\r\n"u8, 0x1A]),
        new("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        new("image/gif", 0, "GIF87a"u8),
        new("image/gif", 0, "GIF89a"u8),
        new("image/webp", 8, "WEBPVP8"u8),
        new("image/x-icon", 0, [0, 0, 1, 0]),
        new("image/tiff", 0, [.. "II*"u8, 0]),
        new("image/tiff", 0, [.. "MM"u8, 0, .. "*"u8]),
        new("image/vnd.adobe.photoshop", 0, "8BPS"u8),
        new("image/jp2", 0, [0, 0, 0, 0x0C, .. "jP  "u8]),
        new("image/avif", 4, "ftypavif"u8),
        new("image/heic", 4, "ftypheic"u8),
        new("image/bmp", 6, [0, 0, 0, 0, 0x36, 0, 0, 0]),
        new("video/quicktime", 4, "ftypqt"u8),
        new("video/mp4", 4, "ftyp"u8),
        new("video/webm", 0, [0x1A, 0x45, 0xDF, 0xA3]),
        new("video/x-flv", 0, [.. "FLV"u8, 1]),
        new("video/x-ms-asf", 0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
        new("video/mpeg", 0, [0, 0, 1, 0xBA]),
        new("video/x-msvideo", 8, "AVI LIST"u8),
        new("audio/x-wav", 8, "WAVEfmt "u8),
        new("audio/mpeg", 0, "ID3"u8),
        new("audio/mpeg", 0, [0xFF, 0xFB]),
        new("audio/flac", 0, "fLaC"u8),
        new("audio/midi", 0, "MThd"u8),
        new("application/ogg", 0, "OggS"u8),
        new("font/woff", 0, "wOFF"u8),
        new("font/woff2", 0, "wOF2"u8),
        new("font/ttf", 0, [0, 1, 0, 0, 0]),
        new("font/otf", 0, "OTTO"u8),
        new("text/plain", 0, [0xFF, 0xFE]),
        new("text/plain", 0, [0xFE, 0xFF]),
    ];

    /// <summary>Texts, in any letter case, behind white space.</summary>
    public static ContentMagic[] Texts { get; } =
    [
        new("text/html", 0, "<!doctype html"u8),
        new("text/html", 0, "<html"u8),
        new("text/html", 0, "<head"u8),
        new("text/html", 0, "<body"u8),
        new("text/html", 0, "<title"u8),
        new("text/html", 0, "<script"u8),
        new("text/html", 0, "<iframe"u8),
        new("text/html", 0, "<meta"u8),
        new("text/html", 0, "<table"u8),
        new("text/html", 0, "<div"u8),
        new("text/html", 0, "<h1"u8),
        new("text/html", 0, "<a href"u8),
        new("text/html", 0, "<!--"u8),
        new("image/svg+xml", 0, "<svg"u8),
        new("application/xml", 0, "<?xml"u8),
        new("text/x-php", 0, "<?php"u8),
        new("text/x-shellscript", 0, "#!"u8),
        new("text/rtf", 0, "{\\rtf"u8),
        new("text/x-msdos-batch", 0, "@echo off"u8),
        new("application/x-pem-file", 0, "-----begin "u8),
        new("message/rfc822", 0, "received: "u8),
    ];

    private ContentMagic(string mediaType, int offset, ReadOnlySpan<byte> bytes)
    {
        MediaType = mediaType;
        _offset = offset;
        _bytes = bytes.ToArray();
    }

    /// <summary>The type.</summary>
    public string MediaType { get; }

    /// <summary>True when the bytes stand where they must.</summary>
    /// <param name="content">The beginning of the content.</param>
    /// <param name="isText">True when it could be text: then a few letters are not enough ("MZ" begins words too).</param>
    public bool Matches(ReadOnlySpan<byte> content, bool isText) => content.Length > _offset
        && content[_offset..].StartsWith(_bytes)
        && !(isText && _bytes.Length < MinTextLength);

    /// <summary>The same for text, where letter case does not matter.</summary>
    public bool MatchesIgnoringCase(ReadOnlySpan<byte> text) => text.Length >= _bytes.Length && Ascii.EqualsIgnoreCase(text[.._bytes.Length], _bytes);
}
