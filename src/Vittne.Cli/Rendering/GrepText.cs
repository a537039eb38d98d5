using System.Text;
using Vittne.Engine.Grep;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Cli.Rendering;

/// <summary>Hits as ngrep prints them: an empty line, a header line, the payload.</summary>
internal sealed class GrepText : IGrepWriter
{
    private const int HexWidth = 16;
    private const long NsPerSecond = 1_000_000_000;

    // In this order, by value of the bit: ngrep's, not that of the header.
    private static readonly (byte Bit, char Letter)[] Flags =
        [(0x10, 'A'), (0x02, 'S'), (0x04, 'R'), (0x01, 'F'), (0x20, 'U'), (0x08, 'P'), (0x40, 'E'), (0x80, 'C')];

    private readonly ByteBuffer _output;
    private readonly GrepTextOptions _options;
    private readonly byte[] _shown = new byte[256];
    private long? _sinceNs;

    public GrepText(Stream output, GrepTextOptions options)
    {
        _output = new ByteBuffer(output);
        _options = options;
        for (int value = 0; value < _shown.Length; value++)
        {
            _shown[value] = value is >= ' ' and <= '~' || (value == '\n' && options.Form == GrepForm.ByLine) ? (byte)value : options.NotPrintable;
        }
    }

    /// <inheritdoc/>
    public void Write(in GrepHit hit)
    {
        _output.Add('\n');
        WriteHeader(hit);
        ReadOnlySpan<byte> payload = hit.Payload;
        int start = hit.MatchStart;
        if (_options.Context >= 0 && hit.HasMatch)
        {
            int from = Math.Max(0, start - _options.Context);
            payload = payload[from..(int)Math.Min(payload.Length, (long)start + hit.MatchLength + _options.Context)];
            start -= from;
        }

        Range marked = _options.IsColoured && hit.HasMatch ? start..(start + hit.MatchLength) : default;
        switch (_options.Form)
        {
            case GrepForm.Normal:
                WriteLines(payload, marked, _options.Width - 5);
                break;
            case GrepForm.Hex:
                WriteHex(payload, marked);
                break;
            default:
                if (payload.Length > 0)
                {
                    WriteBytes(payload, 0, marked);
                    _output.Add('\n');
                }

                break;
        }

        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    private void WriteHeader(in GrepHit hit)
    {
        if (_options.Captures is { } captures)
        {
            _output.Add(Encoding.UTF8.GetBytes(TerminalText.Escape(captures[hit.Capture])));
            _output.Add(": "u8);
        }

        bool isTransport = hit.Protocol is IpProtocol.Tcp or IpProtocol.Udp;
        _output.Add(hit.Protocol switch { IpProtocol.Tcp => 'T', IpProtocol.Udp => 'U', IpProtocol.Icmp or IpProtocol.IcmpV6 => 'I', 2 => 'G', _ => '?' });
        if (_options.ShowsProtocol)
        {
            _output.Add('(');
            _output.Number(hit.Protocol);
            _output.Add(')');
        }

        _output.Add(' ');
        WriteTime(hit.Packet.TimestampNs);
        bool hasPorts = isTransport && hit.HasPorts && (hit.SourcePort | hit.DestinationPort) != 0;
        WriteSide(hit.Source, hit.SourcePort, hasPorts);
        _output.Add(" -> "u8);
        WriteSide(hit.Destination, hit.DestinationPort, hasPorts);
        WriteFlags(hit.TcpFlags);
        if (hit.HasType)
        {
            _output.Add(' ');
            _output.Number(hit.Type);
            _output.Add(':');
            _output.Number(hit.Code);
        }

        if (hit.IsFragment)
        {
            _output.Add(hit.FragmentOffset > 0 ? " +"u8 : " "u8);
            _output.Number(hit.FragmentId);
            _output.Add('@');
            _output.Number(hit.FragmentOffset);
            _output.Add(':');
            _output.Number(hit.Payload.Length);
        }

        if (hit.Part is { } part)
        {
            _output.Add(' ');
            _output.Add(Encoding.ASCII.GetBytes(part));
            _output.Add('@');
            _output.Number(hit.StreamOffset);
        }

        if (_options.Form == GrepForm.Single)
        {
            _output.Add(' ');
            return;
        }

        _output.Add(" #"u8);
        if (hit.FirstPacket > 0)
        {
            _output.Number(hit.FirstPacket);
            _output.Add('-');
        }

        _output.Number(hit.Number);
        _output.Add('\n');
    }

    private void WriteTime(long timestampNs)
    {
        if (_options.ShowsTime)
        {
            long seconds = Math.DivRem(timestampNs, NsPerSecond, out long fraction);
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddSeconds(fraction < 0 ? seconds - 1 : seconds), TimeZoneInfo.Local);
            local.TryFormat(_output.Reserve(32), out int written, "yyyy/MM/dd HH:mm:ss.", System.Globalization.CultureInfo.InvariantCulture);
            _output.Advance(written);
            _output.Number((fraction < 0 ? fraction + NsPerSecond : fraction) / 1_000, digits: 6);
            _output.Add(' ');
        }

        if (_options.ShowsDelay > 0)
        {
            long sinceUs = (timestampNs / 1_000) - ((_sinceNs ?? timestampNs) / 1_000);
            _output.Add(sinceUs < 0 ? '-' : '+');
            _output.Number(Math.Abs(sinceUs) / 1_000_000);
            _output.Add('.');
            _output.Number(Math.Abs(sinceUs) % 1_000_000, digits: 6);
            _output.Add(' ');
            _sinceNs = _options.ShowsDelay == 1 ? timestampNs : _sinceNs ?? timestampNs;
        }
    }

    private void WriteSide(in IpAddress address, ushort port, bool hasPort)
    {
        _output.Add(address);
        if (hasPort)
        {
            _output.Add(':');
            _output.Number(port);
        }
    }

    private void WriteFlags(byte flags)
    {
        if (flags == 0)
        {
            return;
        }

        _output.Add(" ["u8);
        foreach ((byte bit, char letter) in Flags)
        {
            if ((flags & bit) != 0)
            {
                _output.Add(letter);
            }
        }

        _output.Add(']');
    }

    private void WriteLines(ReadOnlySpan<byte> payload, Range marked, int width)
    {
        for (int at = 0; at < payload.Length; at += width)
        {
            int count = Math.Min(width, payload.Length - at);
            _output.Add("  "u8);
            WriteBytes(payload.Slice(at, count), at, marked);
            _output.Fill((byte)' ', width - count);
            _output.Add('\n');
        }
    }

    private void WriteHex(ReadOnlySpan<byte> payload, Range marked)
    {
        for (int at = 0; at < payload.Length; at += HexWidth)
        {
            ReadOnlySpan<byte> line = payload.Slice(at, Math.Min(HexWidth, payload.Length - at));
            _output.Add("  "u8);
            for (int i = 0; i < HexWidth; i++)
            {
                bool isMarked = i < line.Length && at + i >= marked.Start.Value && at + i < marked.End.Value;
                _output.Add(isMarked ? "\e[1;31m"u8 : default);
                if (i < line.Length)
                {
                    WriteDigit(line[i] >> 4);
                    WriteDigit(line[i] & 15);
                }
                else
                {
                    _output.Add("  "u8);
                }

                _output.Add(isMarked ? "\e[0m "u8 : " "u8);
                if (i is (HexWidth / 2) - 1 or HexWidth - 1)
                {
                    _output.Add("   "u8);
                }
            }

            WriteBytes(line, at, marked);
            _output.Fill((byte)' ', HexWidth - line.Length);
            _output.Add('\n');
        }
    }

    private void WriteDigit(int value) => _output.Add((byte)(value < 10 ? '0' + value : 'a' + value - 10));

    /// <summary>Writes bytes as text; <paramref name="at"/> is their place in what <paramref name="marked"/> counts.</summary>
    private void WriteBytes(ReadOnlySpan<byte> bytes, int at, Range marked)
    {
        int from = Math.Clamp(marked.Start.Value - at, 0, bytes.Length);
        int to = Math.Clamp(marked.End.Value - at, from, bytes.Length);
        if (from == to)
        {
            WritePlain(bytes);
            return;
        }

        WritePlain(bytes[..from]);
        _output.Add("\e[1;31m"u8);
        WritePlain(bytes[from..to]);
        _output.Add("\e[0m"u8);
        WritePlain(bytes[to..]);
    }

    private void WritePlain(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = _output.Reserve(bytes.Length);
        byte[] shown = _shown;
        for (int i = 0; i < bytes.Length; i++)
        {
            room[i] = shown[bytes[i]];
        }

        _output.Advance(bytes.Length);
    }
}
