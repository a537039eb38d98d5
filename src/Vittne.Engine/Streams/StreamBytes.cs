using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Vittne.Engine.Streams;

/// <summary>
/// The bytes of one file, in memory until there are enough of them to be written. The name comes later than the first bytes: until then all of
/// them wait. Whoever owns the stream writes; nobody else touches it meanwhile.
/// </summary>
/// <param name="store">Counts what is in memory and which files are open.</param>
/// <param name="owner">The file whose name this one's begins with; null for a name of its own.</param>
/// <param name="suffix">What follows that name.</param>
internal sealed class StreamBytes(StreamStore store, StreamBytes? owner = null, string suffix = "")
{
    private const int FirstBuffer = 512;
    private const int MaxBuffer = 16 << 10;

    // A file that is written again and again costs fewer calls so.
    private const int BusyBuffer = 64 << 10;

    // Holes up to here are written as zero bytes, which costs less than a write of their own for what follows.
    private const int SmallHole = 4096;

    private static readonly byte[] Zeros = new byte[SmallHole];

    private byte[] _buffer = [];
    private long _start;
    private int _count;
    private List<(long Offset, byte[] Buffer, int Count)>? _waiting;
    private SafeFileHandle? _handle;
    private string? _path;
    private long _headroom;
    private bool _exists;
    private bool _endsInHole;
    private bool _isBrief;

    /// <summary>Bytes of the file so far, holes included.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the file was given its name.</summary>
    public bool HasPath => CurrentPath is not null;

    /// <summary>The name; empty before it is given.</summary>
    public string Path => CurrentPath ?? "";

    private string? CurrentPath => Volatile.Read(ref _path) ?? (owner?.CurrentPath is { } path ? _path = path + suffix : null);

    /// <summary>Whether buffers are held.</summary>
    public bool IsInMemory => _buffer.Length > 0 || _waiting is { Count: > 0 };

    /// <summary>Gives the file its name; called once, by another thread than the owner's.</summary>
    public void SetPath(string path) => Volatile.Write(ref _path, path);

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_count + data.Length > Limit && HasPath)
        {
            WriteOut();
            if (data.Length >= Limit)
            {
                Put(Length, data);
                Length += data.Length;
                _endsInHole = false;
                return;
            }
        }

        if (_count == 0)
        {
            _start = Length;
        }

        if (_buffer.Length - _count < data.Length)
        {
            Grow(data.Length);
        }

        data.CopyTo(_buffer.AsSpan(_count));
        _count += data.Length;
        Length += data.Length;
        _endsInHole = false;
    }

    /// <summary>Steps over bytes at the end: they read as zero.</summary>
    public void AppendHole(long length)
    {
        if (length <= SmallHole)
        {
            Append(Zeros.AsSpan(0, (int)length));
            return;
        }

        Seal();
        Length += length;
        _endsInHole = true;
    }

    /// <summary>Writes over bytes that are there, or into a hole.</summary>
    public void Overwrite(long offset, ReadOnlySpan<byte> data)
    {
        if (_count > 0 && offset >= _start && offset + data.Length <= _start + _count)
        {
            data.CopyTo(_buffer.AsSpan((int)(offset - _start)));
            return;
        }

        if (HasPath)
        {
            WriteOut();
            Put(offset, data);
            return;
        }

        Seal();
        byte[] copy = store.Rent(data.Length);
        data.CopyTo(copy);
        (_waiting ??= []).Add((offset, copy, data.Length));
    }

    /// <summary>Reads bytes that were added; holes read as zero.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        bytes.Clear();
        if (_exists)
        {
            ReadBack(offset, bytes);
        }

        foreach ((long start, byte[] buffer, int count) in _waiting ?? [])
        {
            Overlay(offset, bytes, start, buffer.AsSpan(0, count));
        }

        Overlay(offset, bytes, _start, _buffer.AsSpan(0, _count));
    }

    /// <summary>Makes room in front: all bytes move back.</summary>
    public void MoveBack(long distance)
    {
        if (_exists)
        {
            WriteOut();
            if (distance > _headroom)
            {
                // As much room again as there is content: who sends backwards, byte by byte, cannot have the file moved each time.
                long room = distance + Math.Max(Length, BusyBuffer);
                MoveFile(_headroom, room);
                _headroom = room;
            }

            _headroom -= distance;
        }

        _start += distance;
        for (int i = 0; i < (_waiting?.Count ?? 0); i++)
        {
            _waiting![i] = _waiting[i] with { Offset = _waiting[i].Offset + distance };
        }

        Length += distance;
    }

    /// <summary>Writes what is in memory, if the file has its name, and gives the memory back.</summary>
    public void Flush()
    {
        if (HasPath)
        {
            bool wasOpen = _handle is not null;
            _isBrief = true;
            WriteOut();
            _isBrief = false;
            GiveBack();
            if (!wasOpen)
            {
                CloseHandle();
            }
        }
    }

    /// <summary>Writes the rest and closes. The name must be there.</summary>
    public void Complete()
    {
        _isBrief = true;
        WriteOut();
        if (_headroom > 0)
        {
            MoveFile(_headroom, 0);
            _headroom = 0;
            _endsInHole = true;
        }

        if (_endsInHole)
        {
            store.SetLength(Open(), Path, Length);
        }

        GiveBack();
        CloseHandle();
    }

    /// <summary>SHA-256 of all bytes, holes as zero.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = store.Rent(BusyBuffer);
        for (long at = 0; at < Length; at += BusyBuffer)
        {
            Span<byte> bytes = block.AsSpan(0, (int)Math.Min(BusyBuffer, Length - at));
            Read(at, bytes);
            hash.AppendData(bytes);
        }

        store.Return(block);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Closes the file, which is opened anew when it is written again.</summary>
    public void CloseHandle()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private int Limit => _handle is null ? MaxBuffer : BusyBuffer;

    private static void Overlay(long offset, Span<byte> bytes, long start, ReadOnlySpan<byte> stored)
    {
        long from = Math.Max(offset, start), to = Math.Min(offset + bytes.Length, start + stored.Length);
        if (from < to)
        {
            stored[(int)(from - start)..(int)(to - start)].CopyTo(bytes[(int)(from - offset)..]);
        }
    }

    private void Grow(int more)
    {
        byte[] larger = store.Rent(Math.Max(_count + more, Math.Max(FirstBuffer, Math.Min(2 * _count, Limit))));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            store.Return(_buffer);
        }
        else
        {
            store.Hold(this);
        }

        _buffer = larger;
    }

    private void Seal()
    {
        if (_count > 0)
        {
            (_waiting ??= []).Add((_start, _buffer, _count));
            _buffer = [];
            _count = 0;
        }
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            store.Return(_buffer);
            _buffer = [];
            _count = 0;
        }
    }

    private void WriteOut()
    {
        if (_waiting is { Count: > 0 })
        {
            foreach ((long offset, byte[] buffer, int count) in _waiting)
            {
                Put(offset, buffer.AsSpan(0, count));
                store.Return(buffer);
            }

            _waiting.Clear();
        }

        if (_count > 0)
        {
            Put(_start, _buffer.AsSpan(0, _count));
            _count = 0;
        }
        else if (!_exists && Length > 0)
        {
            Put(0, []);
        }
    }

    private void Put(long offset, ReadOnlySpan<byte> data) => store.Write(Open(), Path, offset + _headroom, data);

    private SafeFileHandle Open()
    {
        if (_handle is null)
        {
            _handle = store.Open(Path, isNew: !_exists);
            _exists = true;
            if (!_isBrief)
            {
                // It may go on so, and is closed when others need the place.
                store.KeepOpen(this);
            }
        }

        return _handle;
    }

    private void ReadBack(long offset, Span<byte> bytes) => store.Read(Open(), Path, offset + _headroom, bytes);

    /// <summary>Moves the content within the file; what is free before it then reads as zero.</summary>
    private void MoveFile(long from, long to)
    {
        byte[] block = store.Rent(BusyBuffer);
        bool isBackwards = to < from;
        for (long done = 0; done < Length;)
        {
            // Blocks are taken from the side to which the content moves, so that none is written over before it was read.
            int count = (int)Math.Min(BusyBuffer, Length - done);
            long at = isBackwards ? done : Length - done - count;
            Span<byte> bytes = block.AsSpan(0, count);
            bytes.Clear();
            store.Read(Open(), Path, from + at, bytes);
            store.Write(Open(), Path, to + at, bytes);
            done += count;
        }

        for (long at = from; at < to && at < from + Length; at += SmallHole)
        {
            store.Write(Open(), Path, at, Zeros.AsSpan(0, (int)Math.Min(SmallHole, to - at)));
        }

        store.Return(block);
    }
}
