using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Engine.Grep.Streams;

/// <summary>Searches messages that parsers have taken apart: heads as sent, bodies without chunks and compression.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="sink">Takes the matches.</param>
internal sealed class MessageSearch(GrepOptions options, IRecordSink sink) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        switch (record)
        {
            case HttpRequestRecord request:
                Search(record, request.Head, request.Body);
                break;
            case HttpResponseRecord response:
                Search(record, response.Head, response.Body);
                break;
        }
    }

    private void Search(Record record, byte[] head, byte[] body)
    {
        StreamMatches.TellAll(options, record.Flow, record.Direction, "head", head, record.At, sink);
        StreamMatches.TellAll(options, record.Flow, record.Direction, "body", body, record.At, sink);
        if (body.AsSpan().IndexOf("ransfer-"u8) >= 0)
        {
            var parts = new MimePartReader(
                GrepFlowHandler.MaxBody, content => StreamMatches.TellAll(options, record.Flow, record.Direction, "mime", content, record.At, sink));
            parts.Take(body);
            parts.End();
        }
    }
}
