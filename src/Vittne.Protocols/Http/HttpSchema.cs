using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Http;

/// <summary>Schema of <see cref="HttpTransactionRecord"/>.</summary>
public static class HttpSchema
{
    /// <summary>Record <c>http</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<HttpTransactionRecord, HttpTransactionView>(
        "http",
        "HTTP requests with their responses, on any port",
        HttpTransactionView.Of,
        static view => view.Summarise(),
        Field.Integer<HttpTransactionView>("depth", "number of the transaction in its flow, from 1", static view => view.Record.Depth)
            .Also("http.request_number"),
        Field.Text<HttpTransactionView>("method", "method as sent", static view => view.Method).Also("http.request.method"),
        Field.Text<HttpTransactionView>("uri", "request target as sent", static view => view.Uri).Also("http.request.uri"),
        Field.Text<HttpTransactionView>("version", "version of the request: `HTTP/1.1`, `HTTP/2`", static view => view.Version).Also("http.request.version"),
        Field.Text<HttpTransactionView>("host", "Host header, else the authority of an absolute target", static view => view.Host).Also("http.host"),
        Field.Text<HttpTransactionView>("host_name", "host in lower case, without port", static view => view.HostName),
        Field.Text<HttpTransactionView>("url", "scheme, host and target", static view => view.Url).Also("http.request.full_uri"),
        Request("user_agent", "User-Agent", "http.user_agent"),
        Request("referer", "Referer", "http.referer"),
        Request("origin", "Origin"),
        Request("x_forwarded_for", "X-Forwarded-For", "http.x_forwarded_for"),
        Request("accept_language", "Accept-Language", "http.accept_language"),
        Request("via", "Via"),
        Request("cookie", "Cookie", "http.cookie"),
        Field.Text<HttpTransactionView>(
            "authorization_scheme", "scheme of the Authorization header: `Basic`, `Bearer`, …", static view => view.AuthorizationScheme),
        Headers("request_headers", "name and value of each header line of the request, in order", static view => view.RequestHeaders)
            .Also("http.request.line"),
        Field.Integer<HttpTransactionView>("status", "status code of the final response", static view => view.Status).Also("http.response.code"),
        Field.Text<HttpTransactionView>("reason", "text behind the status code", static view => view.Reason).Also("http.response.phrase"),
        Field.Text<HttpTransactionView>("response_version", "version of the response", static view => view.ResponseVersion)
            .Also("http.response.version"),
        Field.Integers<HttpTransactionView>("interim", "status codes of the responses before the final one", static view => view.Record.Interim),
        Response("location", "Location", "http.location"),
        Response("server", "Server", "http.server"),
        Response("content_type", "Content-Type", "http.content_type"),
        Response("content_encoding", "Content-Encoding", "http.content_encoding"),
        Response("content_disposition", "Content-Disposition"),
        Response("transfer_encoding", "Transfer-Encoding", "http.transfer_encoding"),
        Request("request_content_type", "Content-Type"),
        Headers("response_headers", "name and value of each header line of the response, in order", static view => view.ResponseHeaders)
            .Also("http.response.line"),
        Field.Integer<HttpTransactionView>(
            "request_body_len",
            "captured bytes of the request's body, chunked coding undone",
            static view => view.HasRequest ? view.Record.RequestBody.Length : null),
        Field.Integer<HttpTransactionView>(
            "request_missing",
            "bytes of the request's body that are missing in the capture",
            static view => view.Record.RequestBody.MissingLength is > 0 and long missing ? missing : null),
        Field.Integer<HttpTransactionView>(
            "response_body_len",
            "captured bytes of the response's body, chunked coding undone",
            static view => view.Record.HasResponse ? view.Record.ResponseBody.Length : null).Also("http.content_length"),
        Field.Integer<HttpTransactionView>(
            "response_missing",
            "bytes of the response's body that are missing in the capture",
            static view => view.Record.ResponseBody.MissingLength is > 0 and long missing ? missing : null),
        Field.Integer<HttpTransactionView>(
            "response_decoded_len",
            "bytes of the response's body with content codings undone, when there is one that could be undone to the end",
            static view => view.Record.ResponseBody.DecodedLength),
        Field.Text<HttpTransactionView>(
            "request_mime", "media type of the request's body by its content", static view => view.Record.RequestBody.MediaType),
        Field.Text<HttpTransactionView>(
            "response_mime", "media type of the response's body by its content", static view => view.Record.ResponseBody.MediaType),
        Field.Flag<HttpTransactionView>(
            "response_complete",
            "true when the response ended and none of it is missing",
            static view => view.Record.HasResponse ? view.Record.IsResponseComplete : null),
        Field.Integer<HttpTransactionView>(
            "request_packet",
            "packet that completed the request's head",
            static view => view.Record.RequestPacket is > 0 and long packet ? packet : null),
        Field.Integer<HttpTransactionView>(
            "response_packet",
            "packet that completed the response's head",
            static view => view.Record.ResponsePacket is > 0 and long packet ? packet : null),
        Field.Integer<HttpTransactionView>(
            "latency_ns", "nanoseconds from the last byte of the request to the first of the response", static view => view.Record.LatencyNs),
        Field.Flag<HttpTransactionView>("connect", "true when a tunnel follows", static view => view.Record.OpensTunnel ? true : null),
        Field.Text<HttpTransactionView>("upgrade", "protocol that follows by upgrade", static view => view.Upgrade));

    private static RecordField<HttpTransactionView> Request(string name, string header, params string[] aliases)
    {
        byte[] wireName = System.Text.Encoding.ASCII.GetBytes(header);
        return Field.Text<HttpTransactionView>(name, $"{header} header of the request", view => view.RequestHeader(wireName)).Also(aliases);
    }

    private static RecordField<HttpTransactionView> Response(string name, string header, params string[] aliases)
    {
        byte[] wireName = System.Text.Encoding.ASCII.GetBytes(header);
        return Field.Text<HttpTransactionView>(name, $"{header} header of the response", view => view.ResponseHeader(wireName)).Also(aliases);
    }

    private static RecordField<HttpTransactionView> Headers(string name, string description, HttpHeaderLines lines) =>
        new(name, FieldKind.Text, isList: true, description, [], (view, key, sink) =>
        {
            bool isOpen = false;
            foreach (HttpHeader header in lines(view))
            {
                if (!isOpen)
                {
                    sink.BeginList(key);
                    isOpen = true;
                }

                sink.BeginList("");
                sink.Text("", WireText.Of(header.Name));
                sink.Text("", WireText.Of(header.Value));
                sink.EndList();
            }

            if (isOpen)
            {
                sink.EndList();
            }
        });
}
