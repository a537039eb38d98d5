namespace Vittne.Protocols.Tftp;

/// <summary>One option of a request or of its acknowledgment (RFC 2347).</summary>
/// <param name="Name">Its name in lower case: <c>blksize</c>, <c>tsize</c>, <c>timeout</c>, …</param>
/// <param name="Value">Its value.</param>
public sealed record TftpOption(string Name, string Value);
