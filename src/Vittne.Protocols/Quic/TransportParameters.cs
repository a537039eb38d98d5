using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>Reads the transport parameters in a ClientHello: the form of RFC 9000, and that of drafts before 27.</summary>
internal static class TransportParameters
{
    private const int MaxParameters = 64;

    /// <summary>The parameters in the order sent, as far as they are whole.</summary>
    public static List<TransportParameter> Read(in ClientHello hello)
    {
        List<TransportParameter> parameters = [];
        bool isDraft = false;
        if (!hello.Extensions.TryFind(ExtensionType.QuicTransportParameters, out ReadOnlySpan<byte> body))
        {
            isDraft = hello.Extensions.TryFind(ExtensionType.QuicTransportParametersDraft, out body);
        }

        // The older form begins with the length of all that follows.
        bool isOld = isDraft && body.Length >= sizeof(ushort) && BinaryPrimitives.ReadUInt16BigEndian(body) == body.Length - sizeof(ushort);
        var reader = new WireReader(isOld ? body[sizeof(ushort)..] : body);
        while (parameters.Count < MaxParameters && TryTake(ref reader, isOld, out long id, out ReadOnlySpan<byte> value))
        {
            parameters.Add(new TransportParameter(id, value.ToArray()));
        }

        return parameters;
    }

    private static bool TryTake(scoped ref WireReader reader, bool isOld, out long id, out ReadOnlySpan<byte> value)
    {
        if (isOld)
        {
            bool isThere = reader.TryReadUInt16(out ushort number) & HelloReader.TryTakeVector16(ref reader, out value);
            id = number;
            return isThere;
        }

        value = default;
        bool hasId = QuicReader.TryReadVariable(ref reader, out ulong large);
        id = (long)large;
        return hasId && QuicReader.TryTakeCounted(ref reader, out value);
    }
}
