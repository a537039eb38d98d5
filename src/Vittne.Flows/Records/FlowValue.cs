using System.Globalization;

namespace Vittne.Flows.Records;

/// <summary>
/// The value of a field in one record. Its kind is that of the field, <see cref="FlowFieldKind.Absent"/>, or <see cref="FlowFieldKind.Text"/>
/// <c>*</c> where a record stands for several values of a key.
/// </summary>
public readonly struct FlowValue
{
    /// <summary>Text of a key that was left out of an aggregation.</summary>
    public const string AnyText = "*";

    private readonly object? _object;
    private readonly FlowAddress _address;
    private readonly long _number;

    private FlowValue(FlowFieldKind kind, long number, object? value, in FlowAddress address)
    {
        Kind = kind;
        _number = number;
        _object = value;
        _address = address;
    }

    /// <summary>No value.</summary>
    public static FlowValue Absent => default;

    /// <summary><c>*</c>.</summary>
    public static FlowValue Any => new(FlowFieldKind.Text, 0, AnyText, default);

    /// <summary>Which of the following holds.</summary>
    public FlowFieldKind Kind { get; }

    /// <summary>True unless the record does not tell the field.</summary>
    public bool IsKnown => Kind != FlowFieldKind.Absent;

    /// <summary>Of a whole number, time, duration or hardware address; 1 for a flag.</summary>
    public long Number => _number;

    /// <summary>Of a decimal.</summary>
    public double Decimal => BitConverter.Int64BitsToDouble(_number);

    /// <summary>Of a text.</summary>
    public string Text => (string)_object!;

    /// <summary>Of several texts.</summary>
    public string[] Texts => (string[])_object!;

    /// <summary>Of several whole numbers.</summary>
    public int[] Integers => (int[])_object!;

    /// <summary>Of an address.</summary>
    public FlowAddress Address => _address;

    /// <summary>A whole number; a negative one is absent.</summary>
    public static FlowValue OfInteger(long value) => OfNumber(FlowFieldKind.Integer, value);

    /// <summary>A port: <see cref="FlowRecord.AnyPort"/> is <c>*</c>, any other negative one absent.</summary>
    public static FlowValue OfPort(int port) => port == FlowRecord.AnyPort ? Any : OfInteger(port);

    /// <summary>A time in nanoseconds since the epoch; a negative one is absent.</summary>
    public static FlowValue OfTime(long nanoseconds) => OfNumber(FlowFieldKind.Time, nanoseconds);

    /// <summary>A duration in nanoseconds; a negative one is absent.</summary>
    public static FlowValue OfDuration(long nanoseconds) => OfNumber(FlowFieldKind.Duration, nanoseconds);

    /// <summary>A hardware address; a negative one is absent.</summary>
    public static FlowValue OfMac(long address) => OfNumber(FlowFieldKind.Mac, address);

    /// <summary>A decimal; NaN and infinities are absent.</summary>
    public static FlowValue OfDecimal(double value) =>
        double.IsFinite(value) ? new(FlowFieldKind.Decimal, BitConverter.DoubleToInt64Bits(value), null, default) : default;

    /// <summary>A text; null and empty are absent.</summary>
    public static FlowValue OfText(string? text) => string.IsNullOrEmpty(text) ? default : new(FlowFieldKind.Text, 0, text, default);

    /// <summary>Several texts; null and none are absent.</summary>
    public static FlowValue OfTexts(string[]? texts) => texts is { Length: > 0 } ? new(FlowFieldKind.Texts, 0, texts, default) : default;

    /// <summary>Several whole numbers; null and none are absent.</summary>
    public static FlowValue OfIntegers(int[]? values) => values is { Length: > 0 } ? new(FlowFieldKind.Integers, 0, values, default) : default;

    /// <summary>A flag; false is absent.</summary>
    public static FlowValue OfFlag(bool isSet) => isSet ? new(FlowFieldKind.Flag, 1, null, default) : default;

    /// <summary>An address; <c>*</c> is the text of that name.</summary>
    public static FlowValue OfAddress(in FlowAddress address) => address.Kind switch
    {
        FlowAddressKind.None => default,
        FlowAddressKind.Any => Any,
        _ => new(FlowFieldKind.Address, 0, null, address),
    };

    /// <summary>Order of two values of one field: numbers and times by size, texts by code points, lists by their parts, <c>*</c> before values, absent ones last.</summary>
    public int CompareTo(in FlowValue other)
    {
        if (Kind != other.Kind)
        {
            return Rank(Kind).CompareTo(Rank(other.Kind));
        }

        switch (Kind)
        {
            case FlowFieldKind.Decimal:
                return Decimal.CompareTo(other.Decimal);
            case FlowFieldKind.Text:
                return string.CompareOrdinal(Text, other.Text);
            case FlowFieldKind.Address:
                return _address.CompareTo(other._address);
            case FlowFieldKind.Texts:
                return CompareTexts(Texts, other.Texts);
            case FlowFieldKind.Integers:
                return Integers.AsSpan().SequenceCompareTo(other.Integers);
            default:
                return _number.CompareTo(other._number);
        }
    }

    /// <summary>The value as <c>csv</c> shows it, times and durations with nine digits; empty when absent. For keys, matching and tests: writers have their own way.</summary>
    public override string ToString() => Kind switch
    {
        FlowFieldKind.Absent => "",
        FlowFieldKind.Time or FlowFieldKind.Duration =>
            string.Create(CultureInfo.InvariantCulture, $"{_number / 1_000_000_000}.{_number % 1_000_000_000:D9}"),
        FlowFieldKind.Decimal => Decimal.ToString("R", CultureInfo.InvariantCulture),
        FlowFieldKind.Text => Text,
        FlowFieldKind.Address => _address.ToString(),
        FlowFieldKind.Mac => FlowAddress.OfMac(_number).ToString(),
        FlowFieldKind.Texts => string.Join(',', Texts),
        FlowFieldKind.Integers => string.Join(',', Integers),
        FlowFieldKind.Flag => "true",
        _ => _number.ToString(CultureInfo.InvariantCulture),
    };

    private static FlowValue OfNumber(FlowFieldKind kind, long value) => value < 0 ? default : new(kind, value, null, default);

    private static int Rank(FlowFieldKind kind) => kind switch
    {
        FlowFieldKind.Absent => 2,
        FlowFieldKind.Text => 0,
        _ => 1,
    };

    private static int CompareTexts(string[] left, string[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            int order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
