using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Tftp;

/// <summary>Schema of <see cref="TftpRecord"/>: one record a message that is no data.</summary>
public static class TftpSchema
{
    /// <summary>Record <c>tftp</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<TftpRecord, TftpRecord>(
        "tftp",
        "TFTP requests, acknowledged options and errors",
        static record => record,
        Summarise,
        Field.Text<TftpRecord>("opcode", "`rrq`, `wrq`, `error` or `oack`", static record => Name(record.Opcode)).Also("tftp.opcode"),
        Field.Text<TftpRecord>("file", "name of the file", static record => record.File).Also("tftp.source_file", "tftp.destination_file"),
        Field.Text<TftpRecord>("mode", "`octet`, `netascii` or `mail`", static record => record.Mode).Also("tftp.type"),
        Field.Objects<TftpRecord, TftpOption>(
            "options",
            "options in order",
            static record => record.Options,
            Field.Text<TftpOption>("name", "name in lower case", static option => option.Name).Also("tftp.option.name"),
            Field.Text<TftpOption>("value", "its value", static option => option.Value).Also("tftp.option.value")),
        Field.Integer<TftpRecord>("error_code", "code of an error", static record => record.ErrorCode).Also("tftp.error.code"),
        Field.Text<TftpRecord>("error", "its text", static record => record.Error).Also("tftp.error.message"));

    private static string Name(TftpOpcode opcode) => opcode switch
    {
        TftpOpcode.ReadRequest => "rrq",
        TftpOpcode.WriteRequest => "wrq",
        TftpOpcode.Error => "error",
        _ => "oack",
    };

    private static string Summarise(TftpRecord record)
    {
        string options = string.Join(' ', record.Options.Select(static option => $"{option.Name}={option.Value}"));
        string what = record.Opcode == TftpOpcode.Error ? $"{record.ErrorCode} {record.Error}" : $"{record.File} {record.Mode}".Trim();
        return $"{Name(record.Opcode)} {what} {options}".TrimEnd();
    }
}
