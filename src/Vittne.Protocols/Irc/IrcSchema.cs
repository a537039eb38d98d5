using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Irc;

/// <summary>Schema of <see cref="IrcRecord"/>: one record a message of either side.</summary>
public static class IrcSchema
{
    // A message of the protocol has 512 bytes; more is cut in a summary.
    private const int MaxSummary = 512;

    /// <summary>Record <c>irc</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<IrcRecord, IrcMessage>(
        "irc",
        "IRC messages of both sides, by content on any port",
        static record => IrcMessage.TryParse(record.Message, out IrcMessage message) ? message : default,
        Summarise,
        Field.Text<IrcMessage>("prefix", "who the server says that sent it: `nick!user@host` or a server", static message => message.Prefix.IsEmpty ? null : WireText.Of(message.Prefix)).Also("irc.request.prefix", "irc.response.prefix"),
        Field.Text<IrcMessage>("command", "the verb in upper case, or a number of three digits", static message => message.Command).Also("irc.request.command", "irc.response.command"),
        Field.Texts<IrcMessage>("params", "the parameters in order", static message => message.Params).Also("irc.request.command_parameter", "irc.response.command_parameter"),
        Field.Text<IrcMessage>("nick", "nickname of the sender, or what NICK asks for", static message => message.Nick),
        Field.Text<IrcMessage>("user", "user name of the sender, or what USER gives", static message => message.User),
        Field.Text<IrcMessage>("channel", "the channel that it is about", static message => message.Channel));

    private static string Summarise(IrcMessage message)
    {
        string text = $"{message.Command} {string.Join(' ', message.Params)}";
        text = text.Length > MaxSummary ? text[..MaxSummary] + "…" : text;
        return message.Prefix.IsEmpty ? text : $"{WireText.Of(message.Prefix)} {text}";
    }
}
