using System.Buffers.Binary;
using System.Text;
using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>One part of the key that records are merged by.</summary>
/// <param name="Field">The field that shows it in the merged record.</param>
/// <param name="Get">Its value in a record.</param>
/// <param name="GetTurned">Its value in the same record seen from the other side.</param>
internal sealed record FlowKeyPart(FlowField Field, Func<FlowRecord, FlowValue> Get, Func<FlowRecord, FlowValue> GetTurned)
{
    /// <summary>Longest text of a key part in bytes; what is longer is cut, so that keys have a bound.</summary>
    private const int MaxText = 64;

    /// <summary>Bytes that one part takes at most.</summary>
    public const int MaxLength = MaxText + 2;

    /// <summary>Writes a value so that equal values are equal bytes, and returns how many.</summary>
    public static int Write(in FlowValue value, Span<byte> key)
    {
        key[0] = (byte)value.Kind;
        switch (value.Kind)
        {
            case FlowFieldKind.Absent:
                return 1;
            case FlowFieldKind.Address:
                FlowAddress address = value.Address;
                BinaryPrimitives.WriteUInt64BigEndian(key[1..], address.Ip.High);
                BinaryPrimitives.WriteUInt64BigEndian(key[9..], address.Ip.Low);
                key[17] = address.PrefixLength;
                key[18] = (byte)address.Kind;
                return 19;
            case FlowFieldKind.Text:
                Encoding.UTF8.GetEncoder().Convert(value.Text, key.Slice(2, MaxText), flush: true, out _, out int written, out _);
                key[1] = (byte)written;
                return written + 2;
            case FlowFieldKind.Texts or FlowFieldKind.Integers:
                return Write(FlowValue.OfText(value.ToString()), key);
            default:
                BinaryPrimitives.WriteInt64BigEndian(key[1..], value.Number);
                return 9;
        }
    }
}
