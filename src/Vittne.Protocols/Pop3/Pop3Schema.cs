using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Pop3;

/// <summary>Schema of <see cref="Pop3Record"/>: one record a command.</summary>
public static class Pop3Schema
{
    /// <summary>Record <c>pop3</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<Pop3Record, Pop3Record>(
        "pop3",
        "POP3 commands with their answers, by content on any port",
        static record => record,
        static record => CommandFields.Summarise(record, record.Status),
        CommandFields.Command<Pop3Record>("pop.request.command"),
        CommandFields.Argument<Pop3Record>("pop.request.parameter"),
        Field.Text<Pop3Record>("status", "`+OK` or `-ERR`", static record => record.Status).Also("pop.response.indicator"),
        CommandFields.Reply<Pop3Record>("pop.response.description"),
        Field.Flag<Pop3Record>("starttls", "TLS follows", static record => record.IsStartTls ? true : null),
        CommandFields.Mechanism<Pop3Record>(),
        CommandFields.Auth<Pop3Record>(),
        CommandFields.Challenges<Pop3Record>());
}
