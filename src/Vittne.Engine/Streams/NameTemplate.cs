using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>How names of files are made, in tcpflow's letters.</summary>
public sealed class NameTemplate
{
    private const string Letters = "ABabVvCc#TtNKMGSPId%";
    private const string Usual = "%A.%a-%B.%b%V%v%C%c";
    private const long NsPerSecond = 1_000_000_000;

    private readonly string _text;

    // Names are made by one thread at a time.
    private StringBuilder? _name;

    private NameTemplate(string text) => _text = text;

    /// <summary>tcpflow's: <c>192.168.001.002.40000-010.000.000.001.00080</c>.</summary>
    public static NameTemplate Default { get; } = new(Usual);

    /// <summary>Whether the number of the file is a part of its name.</summary>
    internal bool HasNumber => Array.Exists(["%N", "%K", "%M", "%G", "%S"], letter => _text.Contains(letter, StringComparison.Ordinal));

    /// <summary>Reads a template.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out NameTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        problem = text.Length == 0 ? "is empty"
            : text.StartsWith('/') || text.Split('/').Contains("..") ? "leads out of the folder"
            : text.Contains('\0', StringComparison.Ordinal) ? "holds a character that no name can have"
            : null;
        for (int i = 0; i < text.Length && problem is null; i++)
        {
            if (text[i] != '%')
            {
                continue;
            }

            i++;
            problem = i == text.Length ? "ends with a lone %"
                : !Letters.Contains(text[i], StringComparison.Ordinal) ? $"has the unknown letter %{text[i]}"
                : null;
        }

        template = problem is null ? new NameTemplate(text) : null;
        return problem is null;
    }

    /// <summary>A usual form, by tcpflow's letter.</summary>
    /// <param name="letter">k, m or g: folders of a thousand, of a million in them, and so on; t or T: the time in front; c: the counter always.</param>
    /// <param name="template">The template; on return the changed one.</param>
    /// <returns>False when there is no such letter.</returns>
    public static bool TryApply(char letter, ref NameTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        string? changed = letter switch
        {
            'k' => "%K/" + template._text,
            'm' => "%M/%K/" + template._text,
            'g' => "%G/%M/%K/" + template._text,
            't' => "%tT" + template._text,
            'T' => "%TT" + template._text,
            'c' => template._text.Replace("%C%c", "c%#", StringComparison.Ordinal),
            _ => null,
        };
        template = changed is null ? template : new NameTemplate(changed);
        return changed is not null;
    }

    /// <summary>The name of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="number">How many files came before it in the run.</param>
    /// <param name="counter">How many of them had the same name.</param>
    internal string Format(StreamFile file, long number, int counter)
    {
        FlowIdentity flow = file.Direction == Direction.FromOriginator ? file.Flow : file.Flow.Turned();
        StringBuilder name = _name ??= new StringBuilder(64);
        name.Clear();
        for (int i = 0; i < _text.Length; i++)
        {
            if (_text[i] == '%')
            {
                Append(name, _text[++i], file, flow, number, counter);
            }
            else
            {
                name.Append(_text[i]);
            }
        }

        return name.ToString();
    }

    private static void Append(StringBuilder name, char letter, StreamFile file, FlowIdentity flow, long number, int counter)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        long second = Math.DivRem(file.First.TimestampNs, NsPerSecond, out long fraction) - (fraction < 0 ? 1 : 0);
        _ = letter switch
        {
            'A' => Address(name, flow.Source),
            'B' => Address(name, flow.Destination),
            'a' => Padded(name, flow.SourcePort, digits: 5),
            'b' => Padded(name, flow.DestinationPort, digits: 5),
            'V' => file.Vlan >= 0 ? name.Append("--") : name,
            'v' => file.Vlan >= 0 ? name.Append(plain, $"{file.Vlan}") : name,
            'C' => counter > 0 ? name.Append('c') : name,
            'c' => counter > 0 ? name.Append(plain, $"{counter}") : name,
            '#' => name.Append(plain, $"{counter}"),
            'T' => name.Append(RecordTime.OfWholeSeconds(file.First.TimestampNs)),
            't' => name.Append(plain, $"{second}"),
            'N' => Padded(name, number, digits: 3),
            'K' => Padded(name, number / 1000, digits: 3),
            'M' => Padded(name, number / 1_000_000, digits: 3),
            'G' => Padded(name, number / 1_000_000_000, digits: 3),
            'S' => name.Append(plain, $"{number:00000000000000000000}"),
            'P' => name.Append(ProtocolNames.Of(flow.Protocol)),
            'I' => name.Append(flow.CommunityId.Replace(':', '_').Replace('/', '_').Replace('+', '-').TrimEnd('=')),
            'd' => name.Append(file.Direction == Direction.FromOriginator ? 'o' : 'r'),
            _ => name.Append('%'),
        };
    }

    private static StringBuilder Address(StringBuilder name, in IpAddress address)
    {
        if (!address.IsV4)
        {
            return name.Append(address.ToString());
        }

        for (int shift = 24; shift >= 0; shift -= 8)
        {
            Padded(name, (address.V4 >> shift) & 255, digits: 3);
            _ = shift > 0 ? name.Append('.') : name;
        }

        return name;
    }

    private static StringBuilder Padded(StringBuilder name, long number, int digits)
    {
        long unit = 1;
        for (int i = 1; i < digits; i++)
        {
            unit *= 10;
        }

        for (; unit > 0; unit /= 10)
        {
            name.Append((char)('0' + (number / unit % 10)));
        }

        return name;
    }
}
