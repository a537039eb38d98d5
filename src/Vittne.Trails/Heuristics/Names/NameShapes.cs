namespace Vittne.Trails.Heuristics.Names;

/// <summary>Shapes of names that are asked for in masses without harm.</summary>
internal static class NameShapes
{
    /// <summary>Names by which computers look for services of their own network, and fail outside it.</summary>
    private static readonly string[] LocalLookups = ["wpad", "autodiscover", "_ldap._tcp"];

    /// <summary>
    /// Parents below which virus scanners and mail filters ask for the hash of a file or URL: many long names that are no secret.
    /// </summary>
    private static readonly string[] ReputationServices =
    [
        "avqs.mcafee.com", "avts.mcafee.com", "gti.mcafee.com", "sophosxl.net", "sophosxl.com", "e5.sk", "trendmicro.com", "barracudabrts.com",
        "hash.cymru.com", "ctmail.com", "senderbase.org", "mailshell.net", "cloudmark.com", "kaspersky-labs.com", "bitdefender.net", "f-secure.com",
        "avast.com", "webcfs03.com", "brightcloud.com", "habeas.com", "returnpath.net", "dnswl.org",
    ];

    /// <summary>True for questions to a service that tells what it thinks of a hash.</summary>
    public static bool IsReputationLookup(ReadOnlySpan<char> name)
    {
        foreach (string service in ReputationServices)
        {
            if (name.EndsWith(service, StringComparison.Ordinal) && (name.Length == service.Length || name[^(service.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the name begins with one that computers look for in their own network.</summary>
    public static bool IsLocalLookup(ReadOnlySpan<char> name)
    {
        foreach (string lookup in LocalLookups)
        {
            if (name.StartsWith(lookup, StringComparison.Ordinal) && (name.Length == lookup.Length || name[lookup.Length] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True for questions to block lists (RFC 5782 section 2.1): four labels with the octets of an address in front, or a label that ends
    /// in <c>bl</c>, as those lists are named.
    /// </summary>
    public static bool IsBlockListLookup(ReadOnlySpan<char> name) => BeginsWithOctets(name) || HasWordThatEndsInBl(name);

    /// <summary>True for <c>192-0-2-1.pool.example</c>, names that providers derive from addresses.</summary>
    public static bool BeginsWithDashedAddress(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        ReadOnlySpan<char> label = dot < 0 ? name : name[..dot];
        int numbers = 0;
        foreach (Range part in label.Split('-'))
        {
            if (label[part].IsEmpty || label[part].IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return false;
            }

            numbers++;
        }

        return numbers == 4;
    }

    private static bool BeginsWithOctets(ReadOnlySpan<char> name)
    {
        int labels = 0;
        foreach (Range part in name.Split('.'))
        {
            if (labels == 4)
            {
                return true;
            }

            if (!byte.TryParse(name[part], System.Globalization.NumberStyles.None, null, out _))
            {
                return false;
            }

            labels++;
        }

        return false;
    }

    private static bool HasWordThatEndsInBl(ReadOnlySpan<char> name)
    {
        for (int at = 0; at + 2 <= name.Length; at++)
        {
            if (name[at] == 'b' && name[at + 1] == 'l' && (at + 2 == name.Length || name[at + 2] is '.' or '-'))
            {
                return true;
            }
        }

        return false;
    }
}
