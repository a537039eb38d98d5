using Vittne.Engine.Decode.Analyses;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols;
using Vittne.Protocols.Tls;

namespace Vittne.Engine.Decode;

/// <summary>All decoders: one for each kind of record, and the analyses, one line each.</summary>
public static class DecoderRegistry
{
    private static readonly Decoder[] Analyses =
    [
        SpecialAnswers.Decoder,
        UncommonProtocols.Decoder,
        RefusedConnections.Decoder,
    ];

    /// <summary>The decoders in order of their names.</summary>
    public static IReadOnlyList<Decoder> All { get; } = Build();

    /// <summary>The decoder of a name, or null.</summary>
    public static Decoder? Find(string name) => All.FirstOrDefault(decoder => string.Equals(decoder.Name, name, StringComparison.OrdinalIgnoreCase));

    private static List<Decoder> Build()
    {
        List<Decoder> decoders = [.. Analyses];
        foreach (RecordSchema schema in RecordSchemas.All)
        {
            // The plural tells the decoder of single packets from the word in every other option.
            decoders.Add(new Decoder(schema.Name == "packet" ? "packets" : schema.Name, DecoderKind.Record, schema)
            {
                // DTLS is TLS over datagrams: who asks for TLS gets both, each record by its own name.
                Also = ReferenceEquals(schema, TlsSchema.Schema) ? DtlsSchema.Schema : null,
            });
        }

        decoders.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return decoders;
    }
}
