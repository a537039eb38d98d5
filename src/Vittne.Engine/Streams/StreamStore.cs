using Microsoft.Win32.SafeHandles;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Streams;

/// <summary>
/// The files of one worker: how much of them is in memory and which ones are open. When memory is full those that wait longest are written; what is
/// in the files does not depend on it.
/// </summary>
/// <param name="folder">The folder that all names begin in.</param>
/// <param name="maxBytes">Most bytes in memory, as far as files have their names.</param>
/// <param name="maxOpen">Most files that stay open.</param>
internal sealed class StreamStore(string folder, long maxBytes, int maxOpen)
{
    private readonly BufferShelf _shelf = new();
    private readonly Queue<StreamBytes> _held = new();
    private readonly Queue<StreamBytes> _open = new();
    private readonly HashSet<string> _folders = [];
    private long _bytes;

    /// <summary>A buffer; counted until it is returned.</summary>
    public byte[] Rent(int length)
    {
        byte[] buffer = _shelf.Take(length);
        _bytes += buffer.Length;
        return buffer;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        _bytes -= buffer.Length;
        _shelf.Give(buffer);
    }

    /// <summary>A file begins to be held in memory.</summary>
    public void Hold(StreamBytes file) => _held.Enqueue(file);

    /// <summary>Writes files until there is room again.</summary>
    public void MakeRoom()
    {
        // Those without a name wait for it and are asked again.
        for (int left = _held.Count; _bytes > maxBytes && left > 0; left--)
        {
            StreamBytes file = _held.Dequeue();
            file.Flush();
            if (file.IsInMemory)
            {
                _held.Enqueue(file);
            }
        }
    }

    /// <summary>A file is going to be written again and again.</summary>
    public void KeepOpen(StreamBytes file)
    {
        _open.Enqueue(file);
        if (_open.Count > maxOpen)
        {
            _open.Dequeue().CloseHandle();
        }
    }

    /// <summary>Opens a file of the folder.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="isNew">True the first time: what was there before is gone.</param>
    public SafeFileHandle Open(string path, bool isNew)
    {
        string full = Path.Join(folder, path);
        try
        {
            int slash = path.LastIndexOf('/');
            if (slash > 0 && _folders.Add(path[..slash]))
            {
                Directory.CreateDirectory(Path.Join(folder, path[..slash]));
            }

            return File.OpenHandle(full, isNew ? FileMode.Create : FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(full, e);
        }
    }

    /// <summary>Writes bytes of a file.</summary>
    public void Write(SafeFileHandle handle, string path, long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (IOException e)
        {
            throw new OutputException(Path.Join(folder, path), e);
        }
    }

    /// <summary>Reads bytes of a file, as far as it has them.</summary>
    public void Read(SafeFileHandle handle, string path, long offset, Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int read = RandomAccess.Read(handle, bytes, offset);
                if (read == 0)
                {
                    return;
                }

                bytes = bytes[read..];
                offset += read;
            }
        }
        catch (IOException e)
        {
            throw new OutputException(Path.Join(folder, path), e);
        }
    }

    /// <summary>Sets the length of a file that ends in a hole.</summary>
    public void SetLength(SafeFileHandle handle, string path, long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (IOException e)
        {
            throw new OutputException(Path.Join(folder, path), e);
        }
    }
}
