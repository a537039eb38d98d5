using System.Globalization;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Smtp;

/// <summary>Schema of <see cref="SmtpRecord"/>: one record a command.</summary>
public static class SmtpSchema
{
    /// <summary>Record <c>smtp</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<SmtpRecord, SmtpRecord>(
        "smtp",
        "SMTP and LMTP commands with their replies, by content on any port",
        static record => record,
        static record => CommandFields.Summarise(record, record.ReplyCode > 0 ? record.ReplyCode.ToString(CultureInfo.InvariantCulture) : null),
        CommandFields.Command<SmtpRecord>("smtp.req.command"),
        CommandFields.Argument<SmtpRecord>("smtp.req.parameter"),
        Field.Integer<SmtpRecord>("reply_code", "code of the last reply", static record => record.ReplyCode > 0 ? record.ReplyCode : null).Also("smtp.response.code"),
        CommandFields.Reply<SmtpRecord>("smtp.rsp.parameter"),
        Field.Integers<SmtpRecord>("interim", "codes of replies before the last one: 354 behind DATA, 334 behind AUTH", static record => record.Interim),
        Field.Text<SmtpRecord>("helo", "name that the client gives itself", static record => record.Helo),
        Field.Text<SmtpRecord>("mail_from", "address of the sender, `<>` for the empty one; with MAIL, DATA and BDAT", static record => record.MailFrom),
        Field.Texts<SmtpRecord>("rcpt_to", "addresses of the recipients; with DATA and BDAT all of the message", static record => record.RcptTo),
        Field.Flag<SmtpRecord>("starttls", "TLS follows", static record => record.IsStartTls ? true : null),
        CommandFields.Mechanism<SmtpRecord>(),
        CommandFields.Auth<SmtpRecord>(),
        CommandFields.Challenges<SmtpRecord>());
}
