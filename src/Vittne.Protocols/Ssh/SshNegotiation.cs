using System.Text;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Ssh;

/// <summary>What two KEXINIT messages agree on (RFC 4253 section 7.1): of each list the client's first name that the server has too.</summary>
internal static class SshNegotiation
{
    private const string StrictClient = "kex-strict-c-v00@openssh.com";
    private const string StrictServer = "kex-strict-s-v00@openssh.com";
    private const string ChaCha = "chacha20-poly1305@openssh.com";

    /// <summary>The name that is chosen from a list; null when there is none in common, or a side was not seen.</summary>
    public static string? Choose(SshRecord record, SshList list)
    {
        if (record.ClientLists is not { } client || record.ServerLists is not { } server)
        {
            return null;
        }

        string[] offered = server[(int)list].Split(',');
        foreach (string name in client[(int)list].Split(','))
        {
            if (name.Length > 0 && offered.Contains(name, StringComparer.Ordinal))
            {
                return Text(name);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the connection is open to the Terrapin attack (CVE-2023-48795): a cipher that lets messages be removed unnoticed, and not both sides
    /// ask for the strict key exchange. Null when a side was not seen.
    /// </summary>
    public static bool? IsOpenToTerrapin(SshRecord record)
    {
        if (record.ClientLists is not { } client || record.ServerLists is not { } server)
        {
            return null;
        }

        bool isStrict = client[0].Split(',').Contains(StrictClient) && server[0].Split(',').Contains(StrictServer);
        return !isStrict
            && (IsWeak(Choose(record, SshList.CipherFromClient), Choose(record, SshList.MacFromClient))
                || IsWeak(Choose(record, SshList.CipherFromServer), Choose(record, SshList.MacFromServer)));
    }

    /// <summary>Bytes that were kept as characters, as text for people.</summary>
    public static string Text(string latin1) => WireText.Of(Encoding.Latin1.GetBytes(latin1));

    private static bool IsWeak(string? cipher, string? mac) =>
        cipher == ChaCha
        || (cipher?.EndsWith("-cbc", StringComparison.Ordinal) == true && mac?.Contains("-etm@", StringComparison.Ordinal) == true);
}
