using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>Looks a field up in a set of values. Networks are found by one look-up for each prefix length that the set holds.</summary>
internal sealed class FieldMembership : FlowCondition
{
    private readonly FlowField _field;
    private readonly HashSet<long> _numbers = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<FlowAddress> _addresses = [];
    private readonly List<byte> _prefixes = [];

    public FieldMembership(FlowField field, IEnumerable<FlowValue> values)
    {
        _field = field;
        foreach (FlowValue value in values)
        {
            switch (value.Kind)
            {
                case FlowFieldKind.Text:
                    _texts.Add(value.Text);
                    break;
                case FlowFieldKind.Address:
                    _addresses.Add(value.Address);
                    AddPrefix(value.Address);
                    break;
                case FlowFieldKind.Decimal:
                    _numbers.Add(BitConverter.DoubleToInt64Bits(value.Decimal));
                    break;
                case FlowFieldKind.Absent:
                    break;
                default:
                    _numbers.Add(value.Number);
                    break;
            }
        }
    }

    public override bool Holds(FlowRecord record)
    {
        FlowValue value = _field.Get(record);
        switch (value.Kind)
        {
            case FlowFieldKind.Absent:
                return false;
            case FlowFieldKind.Text:
                return _texts.Contains(value.Text);
            case FlowFieldKind.Texts:
                return Array.Exists(value.Texts, _texts.Contains);
            case FlowFieldKind.Integers:
                return Array.Exists(value.Integers, number => _numbers.Contains(number));
            case FlowFieldKind.Address:
                return HoldsAddress(value.Address);
            case FlowFieldKind.Decimal:
                return _numbers.Contains(BitConverter.DoubleToInt64Bits(value.Decimal));
            default:
                return _numbers.Contains(value.Number);
        }
    }

    private void AddPrefix(in FlowAddress address)
    {
        if (address.IsNetwork && !_prefixes.Contains(address.PrefixLength))
        {
            _prefixes.Add(address.PrefixLength);
        }
    }

    private bool HoldsAddress(in FlowAddress address)
    {
        if (_addresses.Contains(address))
        {
            return true;
        }

        foreach (byte prefix in _prefixes)
        {
            if (address.IsIp && prefix <= (address.Ip.IsV4 ? 32 : 128) && (!address.IsNetwork || address.PrefixLength >= prefix)
                && _addresses.Contains(FlowAddress.NetworkOf(address.Ip, prefix)))
            {
                return true;
            }
        }

        return false;
    }
}
