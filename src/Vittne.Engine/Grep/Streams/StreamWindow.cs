using Vittne.Packets;

namespace Vittne.Engine.Grep.Streams;

/// <summary>
/// The end of one direction of a stream: enough of it that a match which began there and goes on in the next segment is found, and no more.
/// </summary>
/// <param name="options">What is searched for.</param>
/// <param name="told">Takes each match.</param>
internal sealed class StreamWindow(GrepOptions options, StreamWindow.Teller told)
{
    /// <summary>Bytes that are kept for a pattern without a longest match: longer matches are found within one segment only.</summary>
    public const int MaxKept = 2_048;

    /// <summary>Bytes that wait for the end of a match that still grows.</summary>
    private const int MaxGrowing = 64 << 10;

    private readonly int _kept = Math.Min(MaxKept, options.Patterns.MaxLength - 1);
    private readonly List<(int At, long Packet)> _pieces = [];
    private byte[] _bytes = [];
    private int _count;
    private int _searched;
    private long _offset;
    private bool _hasBegun;

    /// <summary>Takes a match.</summary>
    /// <param name="text">What is there of the stream around it.</param>
    /// <param name="start">First byte of the match in it.</param>
    /// <param name="length">Bytes of the match.</param>
    /// <param name="pattern">Which pattern.</param>
    /// <param name="offset">First byte of the match in the stream.</param>
    /// <param name="firstPacket">Packet that the match began in.</param>
    /// <param name="at">Packet that it was found with.</param>
    internal delegate void Teller(ReadOnlySpan<byte> text, int start, int length, int pattern, long offset, long firstPacket, in PacketStamp at);

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        Append(data, at.Number);
        Search(isLast: false, at);
    }

    /// <summary>Bytes are missing: no match goes over the gap.</summary>
    public void Skip(long length, in PacketStamp at)
    {
        Search(isLast: true, at);
        _offset += _count + length;
        _hasBegun = true;
        Forget();
    }

    /// <summary>Nothing more comes.</summary>
    public void End(in PacketStamp at)
    {
        Search(isLast: true, at);
        _offset += _count;
        _hasBegun = true;
        Forget();
    }

    private void Search(bool isLast, in PacketStamp at)
    {
        // What can match at the start of a stream only is not looked for behind it.
        if (_hasBegun && options.Patterns.IsAnchored)
        {
            Drop(_count);
            return;
        }

        int from = _searched;
        while (from < _count && options.Patterns.TryFind(_bytes.AsSpan(from, _count - from), out int pattern, out int start, out int length))
        {
            start += from;
            if (!isLast && start + length == _count && length < options.Patterns.MaxLength && length < MaxGrowing)
            {
                // It may go on in what comes next.
                _searched = start;
                Drop(Math.Max(0, start - Lead));
                return;
            }

            if (length > 0)
            {
                told(_bytes.AsSpan(0, _count), start, length, pattern, _offset + start, PacketAt(start), at);
            }

            from = start + Math.Max(1, length);
        }

        // Before this nothing can begin that is not found yet.
        _searched = Math.Min(_count, Math.Max(from, _count - _kept));
        Drop(Math.Max(0, _searched - Lead));
    }

    /// <summary>Bytes kept before what is still searched, to show them around a match.</summary>
    private int Lead => Math.Min(options.Around, 256);

    private void Append(ReadOnlySpan<byte> data, long packet)
    {
        if (_bytes.Length - _count < data.Length)
        {
            Array.Resize(ref _bytes, _count + data.Length);
        }

        data.CopyTo(_bytes.AsSpan(_count));
        _pieces.Add((_count, packet));
        _count += data.Length;
    }

    private long PacketAt(int position)
    {
        long packet = _pieces[0].Packet;
        foreach ((int at, long number) in _pieces)
        {
            packet = at <= position ? number : packet;
        }

        return packet;
    }

    private void Drop(int length)
    {
        int left = _count - length;
        if (left == 0)
        {
            _bytes = [];
        }
        else if (length > 0)
        {
            // A buffer of its own size: thousands of streams wait for their next segment.
            _bytes = _bytes.AsSpan(length, left).ToArray();
        }

        _count = left;
        _offset += length;
        _hasBegun |= length > 0;
        _searched = Math.Max(0, _searched - length);
        int gone = 0;
        while (gone + 1 < _pieces.Count && _pieces[gone + 1].At <= length)
        {
            gone++;
        }

        _pieces.RemoveRange(0, left == 0 ? _pieces.Count : gone);
        for (int i = 0; i < _pieces.Count; i++)
        {
            _pieces[i] = (Math.Max(0, _pieces[i].At - length), _pieces[i].Packet);
        }
    }

    private void Forget()
    {
        _bytes = [];
        _count = 0;
        _searched = 0;
        _pieces.Clear();
    }
}
