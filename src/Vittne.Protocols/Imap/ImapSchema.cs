using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Imap;

/// <summary>Schema of <see cref="ImapRecord"/>: one record a command.</summary>
public static class ImapSchema
{
    /// <summary>Record <c>imap</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<ImapRecord, ImapRecord>(
        "imap",
        "IMAP commands with their completions, by content on any port",
        static record => record,
        static record => CommandFields.Summarise(record, record.Status),
        Field.Text<ImapRecord>("tag", "tag of the command", static record => CommandFields.OrNull(record.Tag)).Also("imap.request_tag"),
        CommandFields.Command<ImapRecord>("imap.request.command"),
        Field.Flag<ImapRecord>("uid", "the command stood behind UID", static record => record.IsByUid ? true : null),
        CommandFields.Argument<ImapRecord>("imap.request.parameter"),
        Field.Text<ImapRecord>("status", "`OK`, `NO` or `BAD`; for a greeting also `PREAUTH` and `BYE`", static record => record.Status).Also("imap.response.status"),
        CommandFields.Reply<ImapRecord>("imap.response.parameter"),
        Field.Flag<ImapRecord>("starttls", "TLS follows", static record => record.IsStartTls ? true : null),
        CommandFields.Mechanism<ImapRecord>(),
        CommandFields.Auth<ImapRecord>(),
        CommandFields.Challenges<ImapRecord>());
}
