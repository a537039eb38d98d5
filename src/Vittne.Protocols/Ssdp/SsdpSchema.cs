using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Ssdp;

/// <summary>Schema of <see cref="SsdpRecord"/>: one record a message.</summary>
public static class SsdpSchema
{
    /// <summary>Record <c>ssdp</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<SsdpRecord, HttpHead>(
        "ssdp",
        "SSDP searches, answers and announcements of devices",
        static record => HttpHead.TryParse(record.Message, out HttpHead head) ? head : default,
        static head => $"{WireText.Of(head.StartLine)} {Header(head, "NT"u8) ?? Header(head, "ST"u8)} {Header(head, "USN"u8)}".TrimEnd(),
        Field.Text<HttpHead>("method", "`M-SEARCH` or `NOTIFY`; absent in answers", static head => Text(head.Method)).Also("http.request.method"),
        Field.Text<HttpHead>("uri", "target of the request", static head => Text(head.Target)).Also("http.request.uri"),
        Field.Text<HttpHead>("version", "version of HTTP that it names", static head => Text(head.Version)),
        Field.Integer<HttpHead>("status", "status code of an answer", static head => head.Status > 0 ? head.Status : null).Also("http.response.code"),
        Field.Text<HttpHead>("st", "what is searched or was found", static head => Header(head, "ST"u8)),
        Field.Text<HttpHead>("nt", "what is announced", static head => Header(head, "NT"u8)),
        Field.Text<HttpHead>("nts", "`ssdp:alive`, `ssdp:byebye` or `ssdp:update`", static head => Header(head, "NTS"u8)),
        Field.Text<HttpHead>("usn", "unique name of the service", static head => Header(head, "USN"u8)),
        Field.Text<HttpHead>("location", "where the description of the device is", static head => Header(head, "LOCATION"u8)).Also("http.location"),
        Field.Text<HttpHead>("server", "system and products of the device", static head => Header(head, "SERVER"u8)).Also("http.server"),
        Field.Text<HttpHead>("user_agent", "system and products of who searches", static head => Header(head, "USER-AGENT"u8)).Also("http.user_agent"),
        Headers());

    private static RecordField<HttpHead> Headers() => new(
        "headers",
        FieldKind.Text,
        isList: true,
        "name and value of each header line, order and letter case kept",
        [],
        static (head, name, sink) =>
        {
            sink.BeginList(name);
            int count = 0;
            foreach (HttpHeader header in head.Headers)
            {
                if (count++ == HttpHead.MaxHeaders)
                {
                    break;
                }

                sink.BeginList("");
                sink.Text("", WireText.Of(header.Name));
                sink.Text("", WireText.Of(header.Value));
                sink.EndList();
            }

            sink.EndList();
        });

    private static string? Header(HttpHead head, ReadOnlySpan<byte> name) => head.TryGetHeader(name, out ReadOnlySpan<byte> value) ? Text(value) : null;

    private static string? Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Of(bytes);
}
