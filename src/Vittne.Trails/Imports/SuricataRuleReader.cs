using System.Text;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>
/// Reads the rules of a Suricata rule file that say no more than a trail can: one name in a DNS query, SNI or Host, or addresses in the
/// header of a rule that does not look at payload. Rules that are commented out are off.
/// </summary>
internal static class SuricataRuleReader
{
    private const int MaxAddresses = 4_096;
    private const int MaxPorts = 16;

    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            builder.List.ContentLines++;
            if (!SuricataRule.TryParse(Encoding.UTF8.GetString(line), out SuricataRule rule))
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
                continue;
            }

            builder.OnObject([.. rule.Options.Where(option => option.Name == "reference" && option.Value.StartsWith("url,", StringComparison.Ordinal))
                .Select(option => "http://" + option.Value[4..].Trim())]);
            string message = rule["msg"].Replace("\\", "", StringComparison.Ordinal);
            int meta = builder.Meta(builder.Options.Info ?? (message.Length > 0 ? message : builder.DefaultInfo()), $"sid {rule["sid"]} (custom)", TrailCategory.Custom);
            var place = new ObjectPlace(lines.Number, $"sid {rule["sid"]}", meta);
            if (!TryName(rule, builder, place) && !TryAddresses(rule, builder, place))
            {
                builder.AddFault(LineFault.Unsupported, message, place);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    private static bool TryName(SuricataRule rule, ListBuilder builder, ObjectPlace place)
    {
        string name = "";
        bool isName = false;
        foreach ((string option, string value) in rule.Options)
        {
            if (option is "dns.query" or "dns_query" or "tls.sni" or "tls_sni" or "http.host")
            {
                isName = true;
            }
            else if (option is "pcre" or "dataset" || (option == "content" && (!isName || name.Length > 0 || value.StartsWith('!') || !SuricataRule.TryContent(value, out name))))
            {
                return false;
            }
        }

        // "|07|example|03|com|00|" is the name as it stands in the message.
        name = WithoutLengths(name).Trim('.');
        if (!isName || !name.Contains('.', StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        builder.Add("domain:", name, place);
        return true;
    }

    private static string WithoutLengths(string name)
    {
        if (name.Length == 0 || name[0] >= ' ')
        {
            return name;
        }

        var text = new StringBuilder(name);
        int at = 0;
        while (at < name.Length && name[at] > 0)
        {
            int next = at + name[at] + 1;
            text[at] = '.';
            at = next;
        }

        return text.ToString().Trim('.', '\0');
    }

    private static bool TryAddresses(SuricataRule rule, ListBuilder builder, ObjectPlace place)
    {
        if (rule.Options.Any(option => option.Name is "content" or "pcre" or "dsize" or "byte_test" or "app-layer-protocol" or "iprep" or "dataset" or "geoip"))
        {
            return false;
        }

        string[] header = rule.Header;
        (string addresses, string ports) = IsLiteral(header[2]) ? (header[2], header[3]) : (header[5], header[6]);
        if (!IsLiteral(addresses) || (IsLiteral(header[2]) && IsLiteral(header[5])))
        {
            return false;
        }

        string[] hosts = Items(addresses);
        string[] numbers = ports is "any" ? [] : Items(ports);
        if (hosts.Length > MaxAddresses || numbers.Length > MaxPorts || Array.Exists([.. hosts, .. numbers], item => item.Length == 0 || item[0] is '!' or '$')
            || Array.Exists(numbers, number => number.Contains(':', StringComparison.Ordinal)))
        {
            return false;
        }

        foreach (string host in hosts)
        {
            if (numbers.Length == 0 || host.Contains('/', StringComparison.Ordinal))
            {
                builder.Add("ip:", host, place);
                continue;
            }

            foreach (string number in numbers)
            {
                builder.Add("ip:", host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{number}" : $"{host}:{number}", place);
            }
        }

        return true;
    }

    private static bool IsLiteral(string addresses) => addresses.Length > 0 && (addresses[0] == '[' || char.IsAsciiHexDigit(addresses[0]) || addresses[0] == ':')
        && addresses != "any" && !addresses.Contains('$', StringComparison.Ordinal) && !addresses.Contains('!', StringComparison.Ordinal);

    private static string[] Items(string list) => list.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries);
}
