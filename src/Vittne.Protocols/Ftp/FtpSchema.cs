using System.Globalization;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Ftp;

/// <summary>Schema of <see cref="FtpRecord"/>: one record a command.</summary>
public static class FtpSchema
{
    /// <summary>Record <c>ftp</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<FtpRecord, FtpRecord>(
        "ftp",
        "FTP commands with their replies and data channels, by content on any port",
        static record => record,
        static record => CommandFields.Summarise(record, record.ReplyCode > 0 ? record.ReplyCode.ToString(CultureInfo.InvariantCulture) : null),
        CommandFields.Command<FtpRecord>("ftp.request.command"),
        CommandFields.Argument<FtpRecord>("ftp.request.arg"),
        Field.Integer<FtpRecord>("reply_code", "code of the last reply", static record => record.ReplyCode > 0 ? record.ReplyCode : null).Also("ftp.response.code"),
        CommandFields.Reply<FtpRecord>("ftp.response.arg"),
        Field.Integers<FtpRecord>("interim", "codes of preliminary replies (1xx) before the last one", static record => record.Interim),
        Field.Text<FtpRecord>("user", "name given with the last USER command so far", static record => record.User),
        Field.Object<FtpRecord, FtpDataChannel>(
            "data_channel",
            "where the data of the next transfer will flow",
            static record => record.DataChannel,
            Field.Text<FtpDataChannel>("mode", "`passive` when the server listens, `active` when the client does", static channel => channel.IsPassive ? "passive" : "active"),
            Field.Text<FtpDataChannel>("ip", "address of who listens", static channel => channel.Address.ToString()),
            Field.Integer<FtpDataChannel>("port", "its port", static channel => channel.Port)),
        Field.Flag<FtpRecord>("starttls", "TLS follows (AUTH TLS)", static record => record.IsAuthTls ? true : null));
}
