using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vittne.Trails.Export;

/// <summary>JSON objects one a line, as members of an array.</summary>
/// <param name="output">Where they go.</param>
internal sealed class JsonExport(TextWriter output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _hasBegun;

    /// <summary>A time of whole seconds, RFC 3339 with milliseconds as STIX wants it.</summary>
    public static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes one object.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _bytes.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write(_hasBegun ? ",\n" : "\n");
        output.Write(Encoding.UTF8.GetString(_bytes.WrittenSpan));
        _hasBegun = true;
    }
}
