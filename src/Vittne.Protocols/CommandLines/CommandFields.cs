using System.Text;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.CommandLines;

/// <summary>Fields that the records of all command protocols have.</summary>
internal static class CommandFields
{
    // Replies of many lines and long arguments are cut in a summary.
    private const int MaxSummaryPart = 120;

    public static RecordField<T> Command<T>(string alias)
        where T : CommandRecord =>
        Field.Text<T>("command", "the verb in upper case; absent for a greeting and other answers that nobody asked for", static record => OrNull(record.Command)).Also(alias);

    public static RecordField<T> Argument<T>(string alias)
        where T : CommandRecord =>
        Field.Text<T>("argument", "what follows the verb", static record => record.Argument.Length > 0 ? WireText.Of(record.Argument) : null).Also(alias);

    public static RecordField<T> Reply<T>(string alias)
        where T : CommandRecord =>
        Field.Text<T>("reply", "text of the answer, lines joined by a line feed", static record => record.Reply is { Length: > 0 } reply ? WireText.Of(reply) : null).Also(alias);

    public static RecordField<T> Mechanism<T>()
        where T : CommandRecord =>
        Field.Text<T>("mechanism", "authentication: name of the mechanism", static record => record.Sasl?.Mechanism);

    public static RecordField<T> Auth<T>()
        where T : CommandRecord =>
        Field.Texts<T>("auth", "authentication: what the client sent, base64 undone", static record => record.Sasl?.ResponseTexts);

    public static RecordField<T> Challenges<T>()
        where T : CommandRecord =>
        Field.Texts<T>("challenges", "authentication: what the server sent, base64 undone", static record => record.Sasl?.ChallengeTexts);

    /// <summary>Command and answer in one line.</summary>
    public static string Summarise(CommandRecord record, string? status)
    {
        var text = new StringBuilder(record.Command);
        if (record.Argument.Length > 0)
        {
            text.Append(' ').Append(Cut(record.Argument));
        }

        if (status is not null)
        {
            text.Append(text.Length > 0 ? " -> " : "").Append(status);
            if (record.Reply is { Length: > 0 } reply)
            {
                int end = reply.AsSpan().IndexOf((byte)'\n');
                text.Append(' ').Append(Cut(end < 0 ? reply : reply.AsSpan(0, end)));
            }
        }

        return text.ToString();
    }

    public static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static string Cut(ReadOnlySpan<byte> bytes) => WireText.Of(bytes[..Math.Min(bytes.Length, MaxSummaryPart)]) + (bytes.Length > MaxSummaryPart ? "…" : "");
}
