using System.Globalization;
using Vittne.Capture.Filters.Names;
using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <content>The words of ra's filter: <c>src host A</c>, <c>tcp dst port 80</c>, <c>src bytes gt 1000</c>, <c>est</c>, …</content>
internal sealed partial class FlowQueryParser
{
    // The word that a lone value behind 'and' or 'or' belongs to: port 80 or 443.
    private string _lastWord = "host";
    private FlowSide _lastSide;

    private bool TryWord(out FlowCondition? condition)
    {
        int start = _next;
        condition = null;
        FlowSide side = ReadSide();
        if (_next == start && TryState(out condition))
        {
            return true;
        }

        string word = Current.Text.ToLowerInvariant();
        if (_next == start && Current.Kind == FlowQueryTokenKind.Word && TryProtocol(word, out condition))
        {
            return true;
        }

        if (Current.Kind == FlowQueryTokenKind.Word && SideWords.IsKnown(word) && (_next > start || SideWords.NeedsValue(word) || Following.Kind == FlowQueryTokenKind.Word))
        {
            FlowQueryToken token = Current;
            _next++;
            if (Current.Kind == FlowQueryTokenKind.End || IsConnective(Current) || Current.Kind is FlowQueryTokenKind.Close)
            {
                if (SideWords.StateOf(word) is { } state)
                {
                    condition = SideWords.Condition(side, state);
                    return true;
                }

                condition = Fail(Current, $"a value is missing behind '{Shown(token)}'");
                return true;
            }

            _lastWord = word;
            _lastSide = side;
            condition = ReadSided(word, side);
            return true;
        }

        if (_next > start)
        {
            condition = Current.IsValue && IsLoneValue(Current.Text, "host")
                ? ReadSided("host", side)
                : Fail(Current, $"behind src and dst comes host, net, port, bytes, pkts or an address, not '{Shown(Current)}'");
            return true;
        }

        if (IsLoneValue(Current.Text, _lastWord))
        {
            condition = ReadSided(_lastWord, _lastSide);
            return true;
        }

        if (IsLoneValue(Current.Text, "host"))
        {
            condition = ReadSided("host", FlowSide.Any);
            return true;
        }

        return false;
    }

    /// <summary>Reads <c>src</c>, <c>dst</c>, <c>src or dst</c>, <c>src and dst</c>.</summary>
    private FlowSide ReadSide()
    {
        if (!Current.Is("src") && !Current.Is("dst"))
        {
            return FlowSide.Any;
        }

        bool isSource = Current.Is("src");
        _next++;
        if ((Current.Is("or") || Current.Is("and")) && Following.Is(isSource ? "dst" : "src"))
        {
            FlowSide both = Current.Is("or") ? FlowSide.Any : FlowSide.Both;
            _next += 2;
            return both;
        }

        return isSource ? FlowSide.Source : FlowSide.Destination;
    }

    private bool TryState(out FlowCondition? condition)
    {
        condition = Current.Kind == FlowQueryTokenKind.Word && (!Following.IsValue || IsConnective(Following)) ? StateWords.Find(Current.Text.ToLowerInvariant()) : null;
        _next += condition is null ? 0 : 1;
        return condition is not null;
    }

    /// <summary>Reads <c>tcp</c>, <c>proto 17</c>, <c>ip proto udp</c>, and what follows a protocol without <c>and</c>: <c>tcp port 80</c>.</summary>
    private bool TryProtocol(string word, out FlowCondition? condition)
    {
        condition = null;
        FlowQueryToken token = Current;
        if (word == "ip" && Following.Is("proto"))
        {
            _next++;
            word = "proto";
        }

        if (word == "proto")
        {
            _next++;
            condition = Current.IsValue ? ProtocolIs(Current.Text) : Fail(Current, "a protocol is missing behind 'proto'");
            _next++;
            return true;
        }

        bool isNumber = char.IsAsciiDigit(word[0]);
        condition = word switch
        {
            "ip" => new Fact(static record => record.Source.IsIp),
            "ipv4" => new Fact(static record => record.Source.IsIp && record.Source.Ip.IsV4),
            "ipv6" => new Fact(static record => record.Source.IsIp && !record.Source.Ip.IsV4),
            "arp" or "rarp" or "llc" or "lldp" or "stp" => ProtocolIs(word),
            _ when !isNumber && FlowProtocols.Number(word) >= 0 => ProtocolIs(word),
            _ => null,
        };
        if (condition is null)
        {
            return false;
        }

        _next++;
        if (Current.Is("src") || Current.Is("dst") || (Current.Kind == FlowQueryTokenKind.Word && SideWords.NeedsValue(Current.Text.ToLowerInvariant())))
        {
            condition = TryWord(out FlowCondition? more) && more is not null ? new Both(condition, more) : Fail(token, "what follows the protocol is not understood");
        }

        return true;
    }

    private FlowCondition? ReadSided(string word, FlowSide side)
    {
        if (word == "port")
        {
            return ReadPorts(side);
        }

        if (word is "host" or "net" && Current.IsValue && FlowAddress.TryParseMac(Current.Text, out _))
        {
            word = "ether";
        }

        if (word == "ether" && (Current.Is("host") || Current.Is("src") || Current.Is("dst")))
        {
            side = Current.Is("host") ? side : ReadSide();
            _next += Current.Is("host") ? 1 : 0;
        }

        FlowComparison comparison = FlowComparison.Equal;
        if (TryComparison(Current, out FlowComparison given))
        {
            comparison = given;
            _next++;
        }

        FlowCondition? last = null;
        int operand = _next;
        bool hasSum = side == FlowSide.Any && SideWords.SumOf(word) is not null;
        IReadOnlyList<FlowField> fields = hasSum ? [SideWords.SumOf(word)!] : SideWords.FieldsOf(word, side);
        foreach (FlowField field in fields)
        {
            _next = operand;
            FlowCondition? condition = ReadOperand(field, comparison);
            if (condition is null)
            {
                return null;
            }

            last = last is null ? condition : side == FlowSide.Both ? new Both(last, condition) : new Either(last, condition);
        }

        return last;
    }

    private FlowCondition? ReadPorts(FlowSide side)
    {
        if (TryComparison(Current, out _))
        {
            _next++;
        }

        FlowQueryToken token = Current;
        if (!TryPorts(token.Text, out int first, out int last, out byte? protocol))
        {
            return Fail(token, $"'{Shown(token)}' is no port; write 80, 6000-6063 or a service name such as https");
        }

        _next++;
        return SideWords.Ports(side, first, last, protocol);
    }

    private static bool TryPorts(string text, out int first, out int last, out byte? protocol)
    {
        protocol = null;
        last = 0;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        bool isNumber = int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first);
        if (isNumber)
        {
            last = first;
            return first <= ushort.MaxValue
                && (dash < 0 || (int.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last) && last <= ushort.MaxValue && first <= last));
        }

        if (!ServiceNames.TryFind(text, out ServicePorts ports))
        {
            return false;
        }

        first = last = ports.Tcp ?? ports.Udp ?? ports.Sctp ?? 0;
        protocol = (ports.Tcp, ports.Udp) switch
        {
            (not null, null) => Packets.IpProtocol.Tcp,
            (null, not null) => Packets.IpProtocol.Udp,
            _ => null,
        };
        return true;
    }

    private static bool IsLoneValue(string text, string word) => word switch
    {
        "port" => TryPorts(text, out _, out _, out _) && (char.IsAsciiDigit(text[0]) || !FlowFields.TryFind(text, out _)),
        "host" or "net" => FlowAddress.TryParse(text, out FlowAddress address) && address.IsKnown && address.Kind != FlowAddressKind.Any,
        _ => false,
    };

    private static Fact ProtocolIs(string name)
    {
        int number = FlowProtocols.Number(name);
        string spelled = number >= 0 ? FlowProtocols.Name((byte)number) : name.ToLowerInvariant();
        return new Fact(record => record.Protocol == spelled);
    }
}
