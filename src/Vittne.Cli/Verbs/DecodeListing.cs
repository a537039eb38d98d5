using System.Text.Json;
using Vittne.Cli.Rendering;
using Vittne.Engine.Decode;
using Vittne.Engine.Output;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne decode -l</c>: the decoders, or one of them with its fields and options.</summary>
internal static class DecodeListing
{
    public static int Run(string? name, bool isJson, TextWriter output, TextWriter error)
    {
        if (string.IsNullOrEmpty(name))
        {
            ListAll(isJson, output);
            return ExitCode.Done;
        }

        if (DecoderRegistry.Find(name) is not { } decoder)
        {
            error.WriteLine($"vittne: {DecodeRequest.UnknownDecoder(name)}");
            return ExitCode.Usage;
        }

        if (isJson)
        {
            WriteJson(decoder, output);
        }
        else
        {
            Describe(decoder, output);
        }

        return ExitCode.Done;
    }

    private static void ListAll(bool isJson, TextWriter output)
    {
        IReadOnlyList<Decoder> decoders = DecoderRegistry.All;
        int width = decoders.Max(static decoder => decoder.Name.Length);
        foreach (Decoder decoder in decoders)
        {
            if (isJson)
            {
                WriteJson(decoder, output);
                continue;
            }

            string options = decoder.Options.Count > 0 ? $"  [{string.Join(", ", decoder.Options.Select(static option => $"{option.Name}={option.Default}"))}]" : "";
            output.WriteLine($"{decoder.Name.PadRight(width)}  {KindName(decoder),-8}  {decoder.Description}{options}");
        }
    }

    private static void Describe(Decoder decoder, TextWriter output)
    {
        output.WriteLine($"{decoder.Name} ({KindName(decoder)}, tells record {decoder.Schema.Name}): {decoder.Description}");
        foreach (DecoderOption option in decoder.Options)
        {
            output.WriteLine($"  --set {decoder.Name}.{option.Name}={(option.Default.Length > 0 ? option.Default : "…")}: {option.Description}");
        }

        output.WriteLine();
        DescribeFields(decoder.Schema.Fields, $"{decoder.Schema.Name}.", output);
        output.WriteLine();
        output.WriteLine($"and the fields of all records: {string.Join(", ", CommonFields.All.Select(static field => field.Name))}");
    }

    private static void DescribeFields(IReadOnlyList<RecordField> fields, string prefix, TextWriter output)
    {
        foreach (RecordField field in fields)
        {
            string also = field.Aliases.Count > 0 ? $" (tshark: {string.Join(", ", field.Aliases)})" : "";
            output.WriteLine($"  {prefix}{field.Name}  {FieldTypeNames.Of(field)}  {field.Description.Replace("`", "", StringComparison.Ordinal)}{also}");
            DescribeFields(field.Members, $"{prefix}{field.Name}.", output);
        }
    }

    private static void WriteJson(Decoder decoder, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("name", decoder.Name);
        json.WriteString("kind", KindName(decoder));
        json.WriteString("record", decoder.Schema.Name);
        json.WriteString("description", decoder.Description);
        json.WriteStartArray("options");
        foreach (DecoderOption option in decoder.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("default", option.Default);
            json.WriteString("description", option.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFields(json, decoder.Schema.Fields);
        json.WriteEndObject();
    });

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<RecordField> fields)
    {
        json.WriteStartArray("fields");
        foreach (RecordField field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("type", FieldTypeNames.Of(field));
            json.WriteString("description", field.Description);
            if (field.Aliases.Count > 0)
            {
                json.WriteStartArray("aliases");
                foreach (string alias in field.Aliases)
                {
                    json.WriteStringValue(alias);
                }

                json.WriteEndArray();
            }

            if (field.Members.Count > 0)
            {
                WriteFields(json, field.Members);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string KindName(Decoder decoder) => decoder.Kind == DecoderKind.Record ? "record" : "analysis";
}
