using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Vittne.Capture;

namespace Vittne.Engine.Info;

/// <summary>
/// Makes the digests of a file from the very bytes that its reader has just read, on a thread of its own while the next ones are read. What
/// did not come with a batch (headers, what was skipped, what lies behind damage) it reads itself.
/// </summary>
internal sealed class FileDigester : IDisposable
{
    /// <summary>Files that are shorter are done before a thread has started.</summary>
    private const long ThreadLength = 4 << 20;

    private const int Batches = 6;
    private const int BlockLength = 1 << 18;

    private readonly SafeFileHandle _handle;
    private readonly DigestSet _digests;
    private readonly long _length;
    private readonly BlockingCollection<PacketBatch> _free = [];
    private readonly BlockingCollection<PacketBatch> _full = [];
    private readonly Thread? _thread;
    private byte[] _block = [];
    private long _position;
    private IOException? _problem;

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="digests">What is to be made; bytes are appended by one thread.</param>
    /// <param name="length">Bytes of the file that count; what is appended meanwhile does not.</param>
    /// <param name="mayHaveThread">False when whoever calls has a thread for it already.</param>
    public FileDigester(string path, DigestSet digests, long length, bool mayHaveThread)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _digests = digests;
        _length = length;
        bool hasThread = mayHaveThread && length >= ThreadLength && !digests.IsEmpty && Environment.ProcessorCount > 1;
        for (int i = 0; i < (hasThread ? Batches : 1); i++)
        {
            _free.Add(new PacketBatch());
        }

        if (hasThread)
        {
            _thread = new Thread(Work) { IsBackground = true, Name = "digest" };
            _thread.Start();
        }
    }

    /// <summary>A batch that may be filled.</summary>
    public PacketBatch Rent() => _free.Take();

    /// <summary>Takes a batch that was filled; it must not be looked at any more.</summary>
    public void Take(PacketBatch batch)
    {
        if (_thread is null)
        {
            Look(batch);
            _free.Add(batch);
        }
        else
        {
            _full.Add(batch);
        }
    }

    /// <summary>Takes the bytes of a batch at once. Batches come in their order, from one thread.</summary>
    public void Look(PacketBatch batch)
    {
        ReadOnlySpan<byte> bytes = batch.FileBytes;
        if (_digests.IsEmpty || bytes.IsEmpty)
        {
            return;
        }

        TryReadTo(Math.Min(batch.FileOffset, _length));
        long end = Math.Min(batch.FileOffset + bytes.Length, _length);
        if (_position >= batch.FileOffset && _position < end)
        {
            Append(bytes[(int)(_position - batch.FileOffset)..(int)(end - batch.FileOffset)]);
        }
    }

    /// <summary>Waits for the digests; false when the file could not be read to its end.</summary>
    public bool Finish()
    {
        _full.CompleteAdding();
        _thread?.Join();
        if (_digests.IsEmpty)
        {
            return true;
        }

        TryReadTo(_length);
        return _position == _length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _full.CompleteAdding();
        _thread?.Join();
        _handle.Dispose();
        _full.Dispose();
        _free.Dispose();
    }

    private void Work()
    {
        foreach (PacketBatch batch in _full.GetConsumingEnumerable())
        {
            Look(batch);
            _free.Add(batch);
        }
    }

    /// <summary>Reads up to an offset what no batch has brought.</summary>
    private void TryReadTo(long offset)
    {
        while (_position < offset && _problem is null)
        {
            if (_block.Length == 0)
            {
                _block = new byte[BlockLength];
            }

            try
            {
                int count = RandomAccess.Read(_handle, _block.AsSpan(0, (int)Math.Min(_block.Length, offset - _position)), _position);
                if (count == 0)
                {
                    return;
                }

                Append(_block.AsSpan(0, count));
            }
            catch (IOException problem)
            {
                _problem = problem;
            }
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _digests.Append(bytes);
        _position += bytes.Length;
    }
}
