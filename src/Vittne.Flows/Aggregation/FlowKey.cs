using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>By what records are merged: what <c>--aggregate</c> takes.</summary>
public sealed class FlowKey
{
    /// <summary>Name of <see cref="FiveTuple"/>.</summary>
    public const string TupleName = "tuple";

    private const long HourNs = 3_600_000_000_000;
    private const long DayNs = 24 * HourNs;

    // What names whom a record is of; where the key leaves one out, the record shows *.
    private static readonly string[] IdentityNames = ["proto", "saddr", "sport", "daddr", "dport"];

    private static readonly string[] IcmpNames = ["icmp_type", "icmp_code", "icmp_id"];

    // Fields that can be keys; those of the second list have the counterpart of the other side beside them.
    private static readonly string[] PlainNames = ["proto", "vlan", "mpls", "inode", "service", "conn_state"];

    private static readonly (string Source, string Destination)[] SidedNames =
    [
        ("saddr", "daddr"), ("sport", "dport"), ("stos", "dtos"), ("sttl", "dttl"), ("smac", "dmac"), ("soui", "doui"), ("scountry", "dcountry"), ("sas", "das"),
    ];

    private readonly List<FlowKeyPart> _parts = [];
    private readonly List<string> _names = [];

    private FlowKey()
    {
    }

    /// <summary>Names of all keys.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. SidedNames.SelectMany(static names => new[] { names.Source, names.Destination }), "matrix", .. PlainNames, "hour", "day", "none", TupleName];

    /// <summary>
    /// Both addresses, both ports (type, code and identifier of ICMP) and the protocol, whichever side began: what racluster does without keys. Who asks
    /// whom by ARP stays apart.
    /// </summary>
    public static FlowKey FiveTuple { get; } = MakeFiveTuple();

    /// <summary>True when a record and its counterpart with the sides in each other's place are of one key.</summary>
    public bool IsBidirectional { get; private set; }

    /// <summary>True when only the addresses change places then, and other parts stay: key <c>matrix</c>.</summary>
    internal bool IsMatrix { get; private set; }

    internal IReadOnlyList<FlowKeyPart> Parts => _parts;

    /// <summary>Fields that the key leaves out and that name whom a record is of.</summary>
    internal IReadOnlyList<FlowField> LeftOut { get; private set; } = [];

    /// <summary>Reads keys separated by commas; addresses with a prefix length: <c>saddr/24,dport</c>. False with the words about what is wrong.</summary>
    public static bool TryParse(string text, bool isBidirectional, [NotNullWhen(true)] out FlowKey? key, out string problem)
    {
        key = text == TupleName ? FiveTuple : null;
        problem = "";
        if (key is not null)
        {
            return true;
        }

        var made = new FlowKey { IsBidirectional = isBidirectional };
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int slash = part.IndexOf('/', StringComparison.Ordinal);
            string name = slash < 0 ? part : part[..slash];
            int prefix = FlowAddress.WholeAddress;
            if (slash >= 0 && !(int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= 128))
            {
                problem = $"'{part}' has no prefix length from 0 to 128";
                return false;
            }

            if (FlowFields.TryFind(name, out FlowField? field))
            {
                name = field.Name;
            }

            if (!made.TryAdd(name, prefix))
            {
                problem = slash >= 0 && Names.Contains(name)
                    ? $"'{name}' takes no prefix length; saddr, daddr and matrix do"
                    : $"'{name}' is no key; there are {string.Join(' ', Names)}";
                return false;
            }
        }

        if (made._names.Count == 0)
        {
            problem = "no key is named";
            return false;
        }

        made.Complete();
        key = made;
        return true;
    }

    private static FlowKey MakeFiveTuple()
    {
        var key = new FlowKey { IsBidirectional = true };
        foreach (string name in IdentityNames)
        {
            key.TryAdd(name, FlowAddress.WholeAddress);
        }

        // What takes the place of ports in ICMP.
        foreach (string name in IcmpNames)
        {
            FlowField field = FlowFields.Get(name);
            key._parts.Add(new FlowKeyPart(field, field.Get, field.Get));
        }

        key.Complete();
        return key;
    }

    private bool TryAdd(string name, int prefix)
    {
        if (_names.Contains(name))
        {
            return prefix == FlowAddress.WholeAddress;
        }

        bool hasPrefix = prefix != FlowAddress.WholeAddress;
        _names.Add(name);
        switch (name)
        {
            case "matrix":
                IsMatrix = IsBidirectional = true;
                _parts.InsertRange(0, [Sided("saddr", "daddr", prefix), Sided("daddr", "saddr", prefix)]);
                _names.AddRange(["saddr", "daddr"]);
                return true;
            case "hour":
                AddTime("hour", static ns => FlowValue.OfInteger(ns / HourNs % 24));
                return !hasPrefix;
            case "day":
                AddTime("day", static ns => FlowValue.OfTime(ns - (ns % DayNs)));
                return !hasPrefix;
            case "none":
                return !hasPrefix;
            case "soui":
                _parts.Add(new FlowKeyPart(FlowFields.Get(name), static record => Vendor(record.SourceMac), static record => Vendor(record.DestinationMac)));
                return !hasPrefix;
            case "doui":
                _parts.Add(new FlowKeyPart(FlowFields.Get(name), static record => Vendor(record.DestinationMac), static record => Vendor(record.SourceMac)));
                return !hasPrefix;
        }

        foreach ((string source, string destination) in SidedNames)
        {
            if (name == source || name == destination)
            {
                _parts.Add(Sided(name, name == source ? destination : source, prefix));
                return !hasPrefix || name is "saddr" or "daddr";
            }
        }

        if (!PlainNames.Contains(name))
        {
            return false;
        }

        FlowField field = FlowFields.Get(name);
        _parts.Add(new FlowKeyPart(field, field.Get, field.Get));
        return !hasPrefix;
    }

    private void Complete()
    {
        // A port means something only of a protocol.
        if (_names.Contains("sport") || _names.Contains("dport"))
        {
            TryAdd("proto", FlowAddress.WholeAddress);
        }

        LeftOut = [.. IdentityNames.Where(name => !_names.Contains(name)).Select(FlowFields.Get)];
    }

    private static FlowKeyPart Sided(string name, string counterpart, int prefix)
    {
        FlowField field = FlowFields.Get(name), other = FlowFields.Get(counterpart);
        return prefix == FlowAddress.WholeAddress
            ? new FlowKeyPart(field, field.Get, other.Get)
            : new FlowKeyPart(field, record => Network(field.Get(record), prefix), record => Network(other.Get(record), prefix));
    }

    private void AddTime(string name, Func<long, FlowValue> part)
    {
        FlowValue Get(FlowRecord record) => record.FirstNs < 0 ? FlowValue.Absent : part(record.FirstNs);
        _parts.Add(new FlowKeyPart(FlowFields.Get(name), Get, Get));
    }

    // An IPv4 address is not cut by a prefix beyond its 32 bits.
    private static FlowValue Network(in FlowValue value, int prefix) => value.Kind == FlowFieldKind.Address && value.Address.IsIp
        ? FlowValue.OfAddress(FlowAddress.NetworkOf(value.Address.Ip, Math.Min(prefix, value.Address.IsNetwork ? value.Address.PrefixLength : 128)))
        : value;

    private static FlowValue Vendor(long mac) => mac < 0 ? FlowValue.Absent : FlowValue.OfText(FlowAddress.OfMac(mac).ToString()[..8]);
}
