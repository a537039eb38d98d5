using System.Buffers;
using System.Buffers.Text;
using Vittne.Engine.Output;
using Vittne.Engine.Streams;
using Vittne.Packets;

namespace Vittne.Cli.Rendering;

/// <summary>Streams on standard output in tcpflow's forms.</summary>
/// <param name="output">Where they go.</param>
/// <param name="options">How they are shown.</param>
internal sealed class StreamConsole(Stream output, StreamConsoleOptions options) : IStreamConsole
{
    private const int BytesInLine = 32;

    private readonly ByteBuffer _output = new(output);

    /// <inheritdoc/>
    public void Write(FlowIdentity flow, Direction direction, string name, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (options.Form == StreamForm.Json)
        {
            WriteJson(direction == Direction.FromOriginator ? flow : flow.Turned(), data);
            _output.PassOn();
            return;
        }

        if (options.IsColored)
        {
            _output.Add(direction == Direction.FromOriginator ? "\e[0;34m"u8 : "\e[0;31m"u8);
        }

        if (options.HasNames)
        {
            foreach (char letter in name)
            {
                _output.Add(letter);
            }

            _output.Add(": "u8);
            _output.Add(options.Form == StreamForm.Hex ? "\n"u8 : default);
        }

        switch (options.Form)
        {
            case StreamForm.Raw:
                _output.Add(data);
                break;
            case StreamForm.Hex:
                WriteHex(data);
                break;
            default:
                WriteText(data);
                break;
        }

        _output.Add(options.IsColored ? "\e[0m"u8 : default);
        _output.Add(options.HasNewline ? "\n"u8 : default);
        _output.PassOn();
    }

    /// <summary>Writes what waits.</summary>
    public void Flush() => _output.Flush();

    private static bool IsPrintable(byte value) => value is >= (byte)' ' and < 0x7F;

    private void WriteText(ReadOnlySpan<byte> data)
    {
        Span<byte> room = _output.Reserve(data.Length);
        for (int i = 0; i < data.Length; i++)
        {
            room[i] = IsPrintable(data[i]) || data[i] is (byte)'\n' or (byte)'\r' ? data[i] : (byte)'.';
        }

        _output.Advance(data.Length);
    }

    private void WriteHex(ReadOnlySpan<byte> data)
    {
        for (int start = 0; start < data.Length; start += BytesInLine)
        {
            ReadOnlySpan<byte> line = data[start..Math.Min(data.Length, start + BytesInLine)];
            Digits((uint)start, start > 0xFFFF ? 8 : 4);
            _output.Add(": "u8);
            for (int i = 0; i < BytesInLine; i++)
            {
                if (i < line.Length)
                {
                    Digits(line[i], 2);
                }
                else
                {
                    _output.Add("  "u8);
                }

                _output.Add(i % 2 == 1 ? " "u8 : default);
            }

            _output.Add(' ');
            foreach (byte value in line)
            {
                _output.Add(IsPrintable(value) ? value : (byte)'.');
            }

            _output.Add('\n');
        }
    }

    private void Digits(uint value, int count)
    {
        for (int shift = 4 * (count - 1); shift >= 0; shift -= 4)
        {
            _output.Add("0123456789abcdef"u8[(int)(value >> shift) & 15]);
        }
    }

    private void WriteJson(FlowIdentity flow, ReadOnlySpan<byte> data)
    {
        _output.Add("{\"src_host\":\""u8);
        _output.Add(flow.Source);
        _output.Add("\",\"src_port\":"u8);
        _output.Number(flow.SourcePort);
        _output.Add(",\"dst_host\":\""u8);
        _output.Add(flow.Destination);
        _output.Add("\",\"dst_port\":"u8);
        _output.Number(flow.DestinationPort);
        _output.Add(",\"payload\":\""u8);
        Span<byte> room = _output.Reserve(Base64.GetMaxEncodedToUtf8Length(data.Length));
        OperationStatus status = Base64.EncodeToUtf8(data, room, out _, out int written);
        _output.Advance(status == OperationStatus.Done ? written : 0);
        _output.Add("\"}\n"u8);
    }
}
