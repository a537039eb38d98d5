using System.Buffers.Binary;
using System.Text;

namespace Vittne.Capture.Pcapng;

/// <summary>
/// Walks a list of pcapng options (section 3.5): code u16, length u16, value, padding to 4 bytes. What follows an option that does not
/// fit is ignored.
/// </summary>
/// <param name="options">The options, up to the end of their block.</param>
/// <param name="isBigEndian">Byte order of the section.</param>
internal ref struct OptionReader(ReadOnlySpan<byte> options, bool isBigEndian)
{
    /// <summary>opt_comment, in every list.</summary>
    public const ushort Comment = 1;

    private const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest = options;

    /// <summary>Takes the next option; false at the end of the list.</summary>
    public bool TryRead(out ushort code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        if (_rest.Length < HeaderLength)
        {
            return false;
        }

        code = Wire.UInt16(_rest, 0, isBigEndian);
        int length = Wire.UInt16(_rest, 2, isBigEndian);
        if (code == 0 || length > _rest.Length - HeaderLength)
        {
            _rest = default;
            return false;
        }

        value = _rest.Slice(HeaderLength, length);
        _rest = _rest[Math.Min(_rest.Length, HeaderLength + Wire.Padded(length))..];
        return true;
    }

    /// <summary>A text option: UTF-8, broken bytes replaced, without a trailing NUL that some writers add.</summary>
    public static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value.TrimEnd((byte)0));

    /// <summary>A counter option, or null when it has not 8 bytes.</summary>
    public readonly ulong? Counter(ReadOnlySpan<byte> value) => value.Length != 8 ? null
        : isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(value)
        : BinaryPrimitives.ReadUInt64LittleEndian(value);
}
