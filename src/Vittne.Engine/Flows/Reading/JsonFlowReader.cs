using System.Text;
using System.Text.Json;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Reads JSON objects, one a line. Members of objects within are columns whose names have a point; lists are joined by commas.</summary>
internal sealed class JsonFlowReader(FlowMapping mapping) : LineFlowReader(mapping)
{
    private const int MaxName = 128;
    private const int MaxDepth = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private readonly char[] _name = new char[MaxName];
    private readonly StringBuilder _list = new();
    private char[] _value = new char[4_096];

    /// <inheritdoc/>
    protected override FlowLine Take(ReadOnlySpan<byte> line, FlowDraft draft)
    {
        var json = new Utf8JsonReader(line, Options);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                Problem = "is no JSON object";
                return FlowLine.Broken;
            }

            if (!Members(ref json, draft, 0, isInner: false))
            {
                return FlowLine.Broken;
            }

            if (json.Read())
            {
                Problem = "goes on behind its object";
                return FlowLine.Broken;
            }
        }
        catch (JsonException e)
        {
            Problem = $"is no JSON (byte {e.BytePositionInLine})";
            return FlowLine.Broken;
        }
        catch (InvalidOperationException)
        {
            // A string whose bytes are no UTF-8, or an escaped lone surrogate.
            Problem = "has text that is no Unicode";
            return FlowLine.Broken;
        }

        return Mapping.Complete(draft);
    }

    // The reader throws on what is no JSON: lines are written by programs, and a broken one ends no run.
    private bool Members(ref Utf8JsonReader json, FlowDraft draft, int prefix, bool isInner)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int length = NameLength(in json) > MaxName - prefix ? 0 : json.CopyString(_name.AsSpan(prefix));
            bool isKnown = length > 0;
            length += prefix;
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject && isKnown && !isInner && length + 1 < MaxName)
            {
                _name[length] = '.';
                if (!Members(ref json, draft, length + 1, isInner: true))
                {
                    return false;
                }

                continue;
            }

            FlowCellSetter? setter = isKnown ? Mapping.Find(_name.AsSpan(0, length)) : null;
            if (setter is null)
            {
                json.Skip();
                continue;
            }

            ReadOnlySpan<char> value = Value(ref json);
            if (!Set(setter, _name.AsSpan(0, length), value, draft))
            {
                return false;
            }
        }

        return true;
    }

    private static int NameLength(in Utf8JsonReader json) => json.ValueSpan.Length;

    private ReadOnlySpan<char> Value(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartArray:
                _list.Clear();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    {
                        json.Skip();
                        continue;
                    }

                    _list.Append(_list.Length > 0 ? "," : "").Append(Scalar(in json));
                }

                return _list.ToString();
            case JsonTokenType.StartObject:
                json.Skip();
                return default;
            default:
                return Scalar(in json);
        }
    }

    private ReadOnlySpan<char> Scalar(in Utf8JsonReader json)
    {
        if (_value.Length < json.ValueSpan.Length)
        {
            _value = new char[json.ValueSpan.Length * 2];
        }

        return json.TokenType switch
        {
            JsonTokenType.String => _value.AsSpan(0, json.CopyString(_value)),
            JsonTokenType.Number => _value.AsSpan(0, Encoding.UTF8.GetChars(json.ValueSpan, _value)),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => default,
        };
    }
}
