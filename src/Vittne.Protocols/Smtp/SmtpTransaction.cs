using Vittne.Packets.Records.Schema;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Smtp;

/// <summary>The mail transaction that a client is building (RFC 5321 section 3.3), in the order of its commands.</summary>
internal sealed class SmtpTransaction
{
    // Servers must take 100 (RFC 5321 section 4.5.3.1.8); lists in records end at 1,024.
    private const int MaxRecipients = 1024;

    private readonly List<string> _recipients = [];
    private string? _helo;
    private string? _from;

    /// <summary>Takes a command.</summary>
    /// <returns>What its record tells; null when it is about no message.</returns>
    public SmtpEnvelope? Take(string verb, ReadOnlySpan<byte> argument)
    {
        switch (verb)
        {
            case "EHLO" or "HELO" or "LHLO":
                Reset();
                _helo = argument.IsEmpty ? null : WireText.Of(argument);
                return new SmtpEnvelope(_helo, null, []);
            case "MAIL":
                Reset();
                _from = Address(argument);
                return new SmtpEnvelope(_helo, _from, []);
            case "RCPT":
                string recipient = Address(argument);
                if (_recipients.Count < MaxRecipients)
                {
                    _recipients.Add(recipient);
                }

                return new SmtpEnvelope(_helo, null, [recipient]);
            case "DATA":
                return End();
            case "BDAT":
                return CommandLine.Contains(argument, "last"u8) ? End() : new SmtpEnvelope(_helo, _from, [.. _recipients]);
            case "RSET":
                Reset();
                return null;
            default:
                return null;
        }
    }

    private SmtpEnvelope End()
    {
        var whole = new SmtpEnvelope(_helo, _from, [.. _recipients]);
        Reset();
        return whole;
    }

    private void Reset()
    {
        _from = null;
        _recipients.Clear();
    }

    private static string Address(ReadOnlySpan<byte> argument)
    {
        int colon = argument.IndexOf((byte)':');
        ReadOnlySpan<byte> path = argument[(colon + 1)..].Trim((byte)' ');
        int open = path.IndexOf((byte)'<');
        int close = path.LastIndexOf((byte)'>');
        ReadOnlySpan<byte> address = open >= 0 && close > open ? path[(open + 1)..close] : CommandLine.Word(path, out _);
        return address.IsEmpty ? "<>" : WireText.Of(address);
    }
}
