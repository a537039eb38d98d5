using System.Text;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Http;

/// <summary>What the fields of an <see cref="HttpTransactionRecord"/> are read from: its heads, opened once.</summary>
internal readonly ref struct HttpTransactionView
{
    private readonly HttpHead _request;
    private readonly HttpHead _response;

    private HttpTransactionView(HttpTransactionRecord record)
    {
        Record = record;
        HasRequest = HttpHead.TryParse(record.RequestHead, out _request);
        _ = HttpHead.TryParse(record.ResponseHead, out _response);
    }

    /// <summary>The record.</summary>
    public HttpTransactionRecord Record { get; }

    /// <summary>True when the request was seen.</summary>
    public bool HasRequest { get; }

    /// <summary>The method as sent.</summary>
    public string? Method => HasRequest ? WireText.Of(_request.Method) : null;

    /// <summary>The target as sent.</summary>
    public string? Uri => Text(_request.Target);

    /// <summary>Version of the request as sent.</summary>
    public string? Version => Text(_request.Version);

    /// <summary>The Host header without change, or the authority of an absolute target when there is none.</summary>
    public string? Host => RequestHeader("Host"u8) ?? (IsAuthorityForm ? null : Text(_request.Authority));

    /// <summary>The host that is meant, in lower case and without port.</summary>
    public string? HostName => Text(_request.HostName)?.ToLowerInvariant();

    /// <summary>The whole address: scheme, host and target.</summary>
    public string? Url
    {
        get
        {
            ReadOnlySpan<byte> target = _request.Target;
            if (target.IsEmpty || IsAuthorityForm || (target[0] != (byte)'/' && target.IndexOf("://"u8) is > 0 and <= 16))
            {
                return Text(target);
            }

            ReadOnlySpan<byte> host = _request.Host;
            return host.IsEmpty ? null : $"{(Record.IsInsideTls ? "https" : "http")}://{WireText.Of(host)}{(target is [(byte)'*'] ? "" : WireText.Of(target))}";
        }
    }

    /// <summary>The scheme of the Authorization header (RFC 9110 section 11.6.2).</summary>
    public string? AuthorizationScheme
    {
        get
        {
            _ = _request.TryGetHeader("Authorization"u8, out ReadOnlySpan<byte> value);
            int blank = value.IndexOf((byte)' ');
            return Text(blank < 0 ? value : value[..blank]);
        }
    }

    /// <summary>The status code.</summary>
    public long? Status => Record.ResponseHead.Length > 0 ? _response.Status : null;

    /// <summary>The text behind the status code.</summary>
    public string? Reason => Text(_response.Reason);

    /// <summary>Version of the response as sent.</summary>
    public string? ResponseVersion => Text(_response.Version);

    /// <summary>The protocol that follows by upgrade.</summary>
    public string? Upgrade => !Record.Upgrades ? null : ResponseHeader("Upgrade"u8) ?? RequestHeader("Upgrade"u8);

    /// <summary>Header lines of the request.</summary>
    public HttpHeaders RequestHeaders => _request.Headers;

    /// <summary>Header lines of the response.</summary>
    public HttpHeaders ResponseHeaders => _response.Headers;

    private bool IsAuthorityForm => Ascii.EqualsIgnoreCase(_request.Method, "CONNECT"u8);

    /// <summary>Opens a record.</summary>
    public static HttpTransactionView Of(HttpTransactionRecord record) => new(record);

    /// <summary>The first header of a name in the request; null when there is none.</summary>
    public string? RequestHeader(ReadOnlySpan<byte> name) => _request.TryGetHeader(name, out ReadOnlySpan<byte> value) ? WireText.Of(value) : null;

    /// <summary>The first header of a name in the response; null when there is none.</summary>
    public string? ResponseHeader(ReadOnlySpan<byte> name) => _response.TryGetHeader(name, out ReadOnlySpan<byte> value) ? WireText.Of(value) : null;

    /// <summary>The transaction in one line.</summary>
    public string Summarise()
    {
        string request = HasRequest ? $"{Method} {Url ?? Uri ?? "-"}" : "-";
        if (!Record.HasResponse)
        {
            return $"{request} no response";
        }

        string type = Record.ResponseBody.MediaType is { } mediaType ? $" {mediaType}" : "";
        string missing = Record.ResponseBody.MissingLength > 0 ? $" ({Record.ResponseBody.MissingLength} missing)" : "";
        return $"{request} {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}{type} {Record.ResponseBody.Length}{missing}";
    }

    private static string? Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Of(bytes);
}
