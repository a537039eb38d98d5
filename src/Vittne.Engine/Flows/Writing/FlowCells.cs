using Vittne.Engine.Output;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>Values of columns, as JSON and as cells of a table.</summary>
public static class FlowCells
{
    /// <summary>The value of a column as it is written: what is not known is absent.</summary>
    public static FlowValue Get(FlowColumn column, FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.IsTransport ? FlowValue.OfText(FlowTransport.Of(record)) : column.Field.Get(record);
    }

    /// <summary>A value as all forms show it.</summary>
    public static string Text(FlowColumn column, FlowRecord record, in FlowValue value)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(record);
        return value.Kind switch
        {
            FlowFieldKind.Time when column.IsDate => RecordTime.Of(value.Number),
            FlowFieldKind.Time or FlowFieldKind.Duration => FlowText.Seconds(value.Number, record.TimeDigits),
            _ => value.ToString(),
        };
    }

    /// <summary>Appends a value that is known as JSON.</summary>
    internal static void Json(ByteBuffer output, FlowColumn column, FlowRecord record, in FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowFieldKind.Text:
                FlowText.Json(output, value.Text);
                break;
            case FlowFieldKind.Texts:
                Json(output, value.Texts);
                break;
            case FlowFieldKind.Integers:
                Json(output, value.Integers);
                break;
            case FlowFieldKind.Address or FlowFieldKind.Mac:
            case FlowFieldKind.Time when column.IsDate:
                output.Add('"');
                Plain(output, column, record, value);
                output.Add('"');
                break;
            default:
                Plain(output, column, record, value);
                break;
        }
    }

    /// <summary>Appends a list of texts as JSON.</summary>
    internal static void Json(ByteBuffer output, string[] texts)
    {
        output.Add('[');
        for (int i = 0; i < texts.Length; i++)
        {
            if (i > 0)
            {
                output.Add(',');
            }

            FlowText.Json(output, texts[i]);
        }

        output.Add(']');
    }

    /// <summary>Appends a list of numbers as JSON.</summary>
    internal static void Json(ByteBuffer output, int[] numbers)
    {
        output.Add('[');
        List(output, numbers);
        output.Add(']');
    }

    /// <summary>Appends a value that is known and no text, as all forms show it; nothing for texts.</summary>
    internal static void Plain(ByteBuffer output, FlowColumn column, FlowRecord record, in FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowFieldKind.Integer:
                output.Number(value.Number);
                break;
            case FlowFieldKind.Decimal:
                FlowText.Number(output, value.Decimal);
                break;
            case FlowFieldKind.Time when column.IsDate:
                FlowText.Rfc3339(output, value.Number);
                break;
            case FlowFieldKind.Time or FlowFieldKind.Duration:
                FlowText.Seconds(output, value.Number, record.TimeDigits);
                break;
            case FlowFieldKind.Address:
                output.Add(value.Address);
                break;
            case FlowFieldKind.Mac:
                output.Add(FlowAddress.OfMac(value.Number));
                break;
            case FlowFieldKind.Integers:
                List(output, value.Integers);
                break;
            case FlowFieldKind.Flag:
                output.Add("true"u8);
                break;
            default:
                break;
        }
    }

    private static void List(ByteBuffer output, int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0)
            {
                output.Add(',');
            }

            output.Number(numbers[i]);
        }
    }
}
