using System.Text.Json;
using Vittne.Engine.Info.Deep;

namespace Vittne.Cli.Rendering;

/// <summary>What a look into packets has found, as a part of the object of its capture.</summary>
internal static class DeepJson
{
    /// <summary>Writes the property <c>deep</c>.</summary>
    public static void Write(DeepReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject("deep");
        json.WriteStartArray("answers");
        foreach (DeepAnswer answer in report.Answers)
        {
            json.WriteStartObject();
            json.WriteString("question", answer.Question);
            json.WriteString("answer", answer.Answer);
            json.WriteString("confidence", DeepText.Name(answer.Confidence));
            json.WriteStartObject("evidence");
            foreach (DeepFact fact in answer.Evidence)
            {
                json.WritePropertyName(fact.Name);
                WriteValue(fact.Value, json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (DeepTable table in report.Tables)
        {
            WriteTable(table, json);
        }

        json.WriteEndObject();
    }

    private static void WriteTable(DeepTable table, Utf8JsonWriter json)
    {
        json.WriteStartArray(table.Name);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            json.WriteStartObject();
            for (int i = 0; i < table.Columns.Count; i++)
            {
                json.WritePropertyName(table.Columns[i]);
                WriteValue(row[i], json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool isTrue:
                json.WriteBooleanValue(isTrue);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
