using System.Text;
using Vittne.Engine.Decode;
using Vittne.Engine.Output;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Tests;

/// <summary>Writes docs/records.md from the schemas. What has no schema, record <c>threat</c>, is kept here as it is.</summary>
internal static class RecordsDocument
{
    private const string Head = """
        # Records

        Every output of every verb has this form: JSON Lines in UTF-8, an object a line, keys in the order given here, a key is absent when its value is unknown.
        Records come in the order of the packets that completed them; the output is the same for any number of workers.
        Times are RFC 3339 in UTC. A plural type is a list; members of objects are named with dots.
        Bytes of traffic are text where they are valid UTF-8; any other byte is `\xNN`.

        This page is made from the schemas that all outputs share.

        ## Common fields

        """;

    private const string Threat = """

        ## `threat` (`vittne hunt`)

        `src_ip` is the sender and `dst_ip` the receiver of the packet in which the find was made, in the IP layer where it was made; for scans the scanner and its target.
        `direction` and `first_packet` are absent, and `tunnel` comes behind the other fields.

        | field | type | meaning |
        |---|---|---|
        | `type` | string | `DNS` `IP` `IPORT` `URL` `HTTP` `UA` `PATH` `PORT` `CERT` `JA3` `JA3S` `JA4` `HASSH` |
        | `trail` | string | what was seen, the matched part free and the rest in parentheses: `(www).evil.test` |
        | `indicator` | string | the matched key itself |
        | `source` | string | where it was seen: `dns.query`, `http.host`, `tls.sni`, `ip.dst` … |
        | `info` `reference` | string | what it stands for, and who says so |
        | `severity` | string | `low` `medium` `high` |
        | `kind` | string | `trail` or `heuristic` |
        | `heuristic` `measured` `threshold` `window_s` | string, numbers | for heuristics: which one, what it measured and against what |
        | `evidence` | string | what else the heuristic measured, in words: ports, period, kinds of content |
        | `forwarded_for` | strings | addresses that a proxy header names as the client |
        | `sources` | objects | `list`, `line`, `reference`, `aliases` of every list that holds the trail |
        | `tunnel` | objects | `type`, `src_ip`, `dst_ip`, `id` of each tunnel around the flow, outermost first |
        | `count` `first_seen` `last_seen` | integer, strings | in condensed output: how many events this stands for, and the times of the earliest and latest; `ts` and `packet` are those of the first |

        Bytes of traffic that are no UTF-8 become U+FFFD here.

        """;

    /// <summary>The page.</summary>
    public static string Write()
    {
        StringBuilder text = new StringBuilder(Head).Append('\n');
        AppendTable(text, CommonFields.All);
        foreach (Vittne.Engine.Decode.Decoder decoder in DecoderRegistry.All)
        {
            text.Append("\n## `").Append(decoder.Schema.Name).Append("` (`vittne decode -d ").Append(decoder.Name).Append("`)\n\n")
                .Append(decoder.Description).Append(".\n");
            if (decoder.Schema.Fields.Count > 0)
            {
                text.Append('\n');
                AppendTable(text, decoder.Schema.Fields);
            }
        }

        return text.Append(Threat).ToString();
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<RecordField> fields)
    {
        text.Append("| field | type | meaning | tshark |\n|---|---|---|---|\n");
        AppendRows(text, fields, "");
    }

    private static void AppendRows(StringBuilder text, IReadOnlyList<RecordField> fields, string prefix)
    {
        foreach (RecordField field in fields)
        {
            string aliases = string.Join(' ', field.Aliases.Select(static alias => $"`{alias}`"));
            text.Append("| `").Append(prefix).Append(field.Name).Append("` | ").Append(FieldTypeNames.Of(field)).Append(" | ")
                .Append(field.Description.Replace("|", "\\|", StringComparison.Ordinal)).Append(" | ").Append(aliases).Append(aliases.Length > 0 ? " |\n" : "|\n");
            AppendRows(text, field.Members, $"{prefix}{field.Name}.");
        }
    }
}
