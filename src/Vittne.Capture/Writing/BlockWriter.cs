using System.Buffers;
using System.Buffers.Binary;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>Builds one little-endian pcapng block (draft-ietf-opsawg-pcapng section 3.1) from fields and options of either byte order.</summary>
internal sealed class BlockWriter
{
    private const int HeaderLength = 8;

    private readonly ArrayBufferWriter<byte> _block = new(1 << 10);
    private uint _type;
    private bool _hasOptions;

    /// <summary>Begins a block.</summary>
    public void Begin(uint type)
    {
        _block.ResetWrittenCount();
        _type = type;
        _hasOptions = false;
        _block.Advance(Clear(HeaderLength));
    }

    /// <summary>Appends a number.</summary>
    public void Add(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_block.GetSpan(4), value);
        _block.Advance(4);
    }

    /// <summary>Appends a number.</summary>
    public void Add(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_block.GetSpan(2), value);
        _block.Advance(2);
    }

    /// <summary>Appends bytes, padded to 4.</summary>
    public void AddPadded(ReadOnlySpan<byte> bytes)
    {
        _block.Write(bytes);
        _block.Advance(Clear(-bytes.Length & 3));
    }

    /// <summary>Appends an option.</summary>
    public void AddOption(ushort code, ReadOnlySpan<byte> value)
    {
        _hasOptions = true;
        Add(code);
        Add((ushort)value.Length);
        AddPadded(value);
    }

    /// <summary>Appends an option that is a 64-bit number.</summary>
    public void AddOption(ushort code, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        AddOption(code, bytes);
    }

    /// <summary>Appends the options of a list but those left out; what does not fit its list is dropped.</summary>
    /// <param name="options">As they stand in their block.</param>
    /// <param name="isBigEndian">Byte order of their section.</param>
    /// <param name="owner">The block that they belong to.</param>
    /// <param name="without">Codes that are left out.</param>
    public void AddOptions(ReadOnlySpan<byte> options, bool isBigEndian, BlockType owner, params ReadOnlySpan<ushort> without)
    {
        Span<byte> swapped = stackalloc byte[OptionOrder.MaxLength];
        var reader = new OptionReader(options, isBigEndian);
        while (reader.TryRead(out ushort code, out ReadOnlySpan<byte> value))
        {
            if (!without.Contains(code))
            {
                AddOption(code, isBigEndian && OptionOrder.TryTurn(owner, code, value, swapped) ? swapped[..value.Length] : value);
            }
        }
    }

    /// <summary>Ends the block and hands it over.</summary>
    public void End(CaptureOutput output)
    {
        if (_hasOptions)
        {
            Add(0u);
        }

        int length = _block.WrittenCount + 4;
        Add((uint)length);
        Span<byte> block = output.Take(length);
        _block.WrittenSpan.CopyTo(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block, _type);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], (uint)length);
    }

    private int Clear(int length)
    {
        _block.GetSpan(length + 1)[..length].Clear();
        return length;
    }
}
