using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.CommandLines;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Http;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Smtp;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>
/// Passwords that leave the network for all to read: FTP, POP3, IMAP, SMTP and HTTP Basic. Neither the password nor the name is told, and
/// anonymous FTP has none.
/// </summary>
internal sealed class CleartextCredentialsDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int WindowSeconds = 3600;

    public static DetectorDescriptor Descriptor { get; } = new("cleartext-credentials", "passwords that are sent to servers outside without encryption");

    public RecordInterest Interest => RecordInterest.Requests | RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        string how = record switch
        {
            HttpRequestRecord request => OfHttp(request.Head),
            FtpRecord { Command: "PASS" } ftp => IsAnonymous(ftp) ? "" : "FTP PASS",
            Pop3Record { Command: "PASS" } => "POP3 PASS",
            ImapRecord { Command: "LOGIN" } => "IMAP LOGIN",
            CommandRecord { Sasl: { Mechanism: "PLAIN" or "LOGIN", Responses.Count: > 0 } sasl } command => $"{ProtocolOf(command)} AUTH {sasl.Mechanism}",
            _ => "",
        };
        if (how.Length == 0)
        {
            return;
        }

        IpAddress server = Endpoints.ReceiverOf(record);
        if (!readings.Context.IsOutside(server) || readings.IsMuted(record))
        {
            return;
        }

        findings.Add(HeuristicCandidate.Of(
            HeuristicEvent.Make(
                record, Descriptor, EventType.Iport, Matching.AddressText.OfEndpoint(server, Endpoints.ReceiverPortOf(record)),
                record is HttpRequestRecord ? "http.header" : "flow", "cleartext credentials (suspicious)", new Measure(1, 0, WindowSeconds), evidence: how),
            WindowSeconds));
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private static string ProtocolOf(CommandRecord command) => command switch
    {
        SmtpRecord => "SMTP",
        Pop3Record => "POP3",
        ImapRecord => "IMAP",
        _ => "FTP",
    };

    // A name that says that nobody is meant (RFC 1635 section 3), or a password that stands for an address as those servers ask for.
    private static bool IsAnonymous(FtpRecord ftp) =>
        ftp.Argument.Length == 0 || (ftp.User is { } user && (user.Equals("anonymous", StringComparison.OrdinalIgnoreCase) || user.Equals("ftp", StringComparison.OrdinalIgnoreCase)));

    private static string OfHttp(ReadOnlySpan<byte> bytes)
    {
        // Few requests have the field, and looking for its letters costs less than walking the lines.
        if (bytes.IndexOf("uthorization:"u8) < 0 || !HttpHead.TryParse(bytes, out HttpHead head))
        {
            return "";
        }

        return IsBasic(head, "Authorization"u8) ? "HTTP Basic" : IsBasic(head, "Proxy-Authorization"u8) ? "HTTP proxy Basic" : "";
    }

    private static bool IsBasic(HttpHead head, ReadOnlySpan<byte> field) =>
        head.TryGetHeader(field, out ReadOnlySpan<byte> value) && value.Length > 6 && Ascii.EqualsIgnoreCase(value[..6], "Basic "u8);
}
