using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.TestKit;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Protocols.Tests.Http;

/// <summary>Feeds HTTP written as text and tells records as text.</summary>
internal static class HttpText
{
    public static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The records of a client's stream followed by a server's, each cut as told.</summary>
    public static RecordList Parse(string client, string server = "", params int[] lengths)
    {
        RecordList records = [];
        Feeder(records).Cut(Direction.FromOriginator, Latin1(client), lengths).Cut(Direction.FromResponder, Latin1(server), lengths).End();
        return records;
    }

    public static StreamFeeder Feeder(RecordList records) => new(new HttpParser(TestFlow.Tcp(80), records, ParserOptions.Messages));

    public static string[] Tell(RecordList records) => [.. records.Select(Tell)];

    private static string Tell(Record record) => record switch
    {
        HttpRequestRecord request => $"request {request.Depth} {Line(request.Head)} [{Text(request.Body)}] {(request.IsComplete ? "whole" : "part")}",
        HttpResponseRecord response => $"response {response.Depth} {Line(response.Head)} [{Text(response.Body)}] {(response.IsComplete ? "whole" : "part")} to {Line(response.RequestHead)}",
        AnomalyRecord anomaly => $"anomaly {anomaly.Kind}",
        _ => "?",
    };

    private static string Line(byte[] head) => HttpHead.TryParse(head, out HttpHead view) ? Text(view.StartLine) : "-";
}
