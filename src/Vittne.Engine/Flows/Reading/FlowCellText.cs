using System.Globalization;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Text of a column as a value of its field.</summary>
internal static class FlowCellText
{
    private const int MaxItems = 64;

    /// <summary>A whole number that is not negative.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a value; times and durations tell their digits.</summary>
    public static bool TryParse(FlowFieldKind kind, ReadOnlySpan<char> text, TextPool pool, out FlowValue value, out int digits)
    {
        digits = 0;
        value = default;
        if (text is FlowValue.AnyText)
        {
            value = FlowValue.Any;
            return true;
        }

        switch (kind)
        {
            case FlowFieldKind.Integer when TryInteger(text, out long integer):
                value = FlowValue.OfInteger(integer);
                return true;
            case FlowFieldKind.Decimal when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number):
                value = FlowValue.OfDecimal(number);
                return true;
            case FlowFieldKind.Time when FlowTimeText.TryParse(text, out long time, out digits):
                value = FlowValue.OfTime(time);
                return true;
            case FlowFieldKind.Duration when FlowTimeText.TryParseSeconds(text, out long duration, out digits):
                value = FlowValue.OfDuration(duration);
                return true;
            case FlowFieldKind.Text:
                value = FlowValue.OfText(pool.Get(text));
                return true;
            case FlowFieldKind.Address when FlowAddress.TryParse(text, out FlowAddress address):
                value = FlowValue.OfAddress(address);
                return true;
            case FlowFieldKind.Mac when FlowAddress.TryParseMac(text, out long mac):
                value = FlowValue.OfMac(mac);
                return true;
            case FlowFieldKind.Texts:
                value = FlowValue.OfTexts(Texts(text, pool));
                return true;
            case FlowFieldKind.Integers when TryIntegers(text, out int[] integers):
                value = FlowValue.OfIntegers(integers);
                return true;
            case FlowFieldKind.Flag when text is "true" or "1" or "T":
                value = FlowValue.OfFlag(true);
                return true;
            case FlowFieldKind.Flag when text is "false" or "0" or "F":
                return true;
            default:
                return false;
        }
    }

    private static string[] Texts(ReadOnlySpan<char> text, TextPool pool)
    {
        var texts = new List<string>();
        foreach (Range part in text.Split(','))
        {
            if (texts.Count < MaxItems && !text[part].IsEmpty)
            {
                texts.Add(pool.Get(text[part]));
            }
        }

        return [.. texts];
    }

    private static bool TryIntegers(ReadOnlySpan<char> text, out int[] values)
    {
        var list = new List<int>();
        foreach (Range part in text.Split(','))
        {
            if (!int.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                values = [];
                return false;
            }

            if (list.Count < MaxItems)
            {
                list.Add(value);
            }
        }

        values = [.. list];
        return true;
    }
}
