using System.Text;
using Vittne.Capture.Pcap;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Sources;

namespace Vittne.Capture;

/// <summary>
/// Reads one capture from front to back. Regular files are read into the batches' own buffers; pipes and compressed files go through blocks.
/// One thread reads; other threads may look into batches that were handed out, until these are given to <see cref="Read"/> again or the reader is
/// disposed.
/// </summary>
public abstract class CaptureReader : IDisposable
{
    /// <summary>The spelling of standard input on the command line.</summary>
    public const string StandardInput = "-";

    /// <summary>Notes kept: a hostile capture shall not fill memory with complaints about itself.</summary>
    private const int MaxNotes = 64;

    /// <summary>
    /// Bytes of decryption secrets kept: a key log of a million sessions has about 200 MB, one within a capture far less.
    /// </summary>
    private const long MaxSecretsLength = 64L << 20;

    /// <summary>Decryption Secrets Blocks kept.</summary>
    private const int MaxSecretBlocks = 65_536;

    /// <summary>Names kept; they are hints only.</summary>
    private const int MaxNames = 65_536;

    private readonly List<string> _notes = [];
    private readonly List<CaptureSection> _sections = [];
    private readonly List<CaptureSecrets> _secrets = [];
    private readonly List<ResolvedName> _names = [];
    private long _secretsLength;
    private bool _hasAllSecrets;

    // The final outcome, from when it was met; it is told only after the packets before it.
    private ReadOutcome _next;

    private protected CaptureReader(CaptureSource source, CaptureReaderOptions options)
    {
        Source = source;
        Options = options;
    }

    /// <summary>The capture as the user named it.</summary>
    public string Path => Source.Name;

    /// <summary>
    /// Format of the capture in the field's words, such as <c>pcap</c>, <c>pcap-ns</c>, <c>pcap-modified</c> or <c>pcapng</c>.
    /// </summary>
    public abstract string Format { get; }

    /// <summary>What the file header of a pcap capture says about how its records are written; null for pcapng.</summary>
    public virtual PcapForm? PcapForm => null;

    /// <summary>Compression around it: <c>gzip</c>, <c>zstd</c> or <c>lz4</c>, or one <c>of</c> another; null for none.</summary>
    public string? Compression => Source.Compression;

    /// <summary>What the last call of <see cref="Read"/> returned; <see cref="ReadOutcome.More"/> before the first.</summary>
    public ReadOutcome Outcome { get; private set; }

    /// <summary>
    /// With <see cref="CaptureReaderOptions.Follows"/>: whether the last call of <see cref="Read"/> came to the end of what is there. The batch
    /// may be empty then, and the answer <see cref="ReadOutcome.More"/> all the same.
    /// </summary>
    public bool IsWaiting { get; private set; }

    /// <summary>With <see cref="IsWaiting"/>: whether the file has become longer, or was cut, since then.</summary>
    public bool HasGrown => Source.HasGrown;

    /// <summary>Bytes of the file consumed so far, compressed ones where it is compressed.</summary>
    public long BytesRead => Source.BytesRead;

    /// <summary>Bytes that the file has in all; null where that is not known (pipes).</summary>
    public long? BytesTotal => Source.BytesTotal;

    /// <summary>Counts of packets, oddities and what was left out.</summary>
    public CaptureCounters Counters { get; } = new();

    /// <summary>
    /// Remarks for people, in the order found: sentences without the name of the capture, such as <c>cut at offset 1234, 56 bytes of a
    /// packet
    /// lost</c>. The offset is that of the record that is not whole (in the decompressed capture), the number the bytes of it that are
    /// there.
    /// </summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The first damage, or null while none was met. What came before it was read, and what can be found after it too.</summary>
    public CaptureDamage? Damage { get; private set; }

    /// <summary>How many damages were met.</summary>
    public long Damages { get; private set; }

    /// <summary>Sections found so far, at most <see cref="MaxSections"/> of them; a pcap file is one.</summary>
    public IReadOnlyList<CaptureSection> Sections => _sections;

    /// <summary>
    /// Decryption secrets found so far (pcapng), or all of the capture with <see cref="CaptureReaderOptions.SecretsFirst"/>.
    /// </summary>
    public IReadOnlyList<CaptureSecrets> Secrets => _secrets;

    /// <summary>Names of addresses that the capture claims (pcapng), as far as read.</summary>
    public IReadOnlyList<ResolvedName> Names => _names;

    /// <summary>Sections that are kept in <see cref="Sections"/>; later ones are read, but only their batches know them.</summary>
    public const int MaxSections = 4_096;

    /// <summary>Where the bytes come from.</summary>
    private protected CaptureSource Source { get; }

    /// <summary>How to read.</summary>
    private protected CaptureReaderOptions Options { get; }

    /// <summary>
    /// Opens the capture at <paramref name="path"/>; <c>-</c> is standard input. The format is told by the first bytes, never by the
    /// name.
    /// </summary>
    /// <exception cref="CaptureFormatException">There is no capture there; the message says so in one line.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static CaptureReader Open(string path, CaptureReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CaptureReader reader = Build(CaptureSource.Open(path), options ?? new CaptureReaderOptions());
        if (reader.Options.SecretsFirst && reader is PcapngReader && reader.Source.IsInPlace)
        {
            reader.CollectSecrets();
        }

        return reader;
    }

    /// <summary>Reads a capture from a stream, which is then owned by the reader.</summary>
    /// <param name="stream">The bytes, from their start; may be compressed.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="CaptureFormatException">It is no capture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CaptureReader Open(Stream stream, string name, CaptureReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Build(CaptureSource.Open(stream, name), options ?? new CaptureReaderOptions());
    }

    /// <summary>
    /// Fills <paramref name="batch"/> with the next packets, waiting until it is full or the capture or its section ends. As long as there
    /// are packets the answer is <see cref="ReadOutcome.More"/>; the final outcome comes with an empty batch, and again at each later call.
    /// </summary>
    /// <param name="batch">Room for the packets; what it held becomes invalid.</param>
    public ReadOutcome Read(PacketBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Start();
        if (Outcome == ReadOutcome.More)
        {
            IsWaiting = false;
            if (_next == ReadOutcome.More)
            {
                Source.BeginBatch(batch);
                _next = Fill(batch);
                Counters.Packets += batch.Count;
            }

            Outcome = batch.Count > 0 ? ReadOutcome.More : _next;
        }

        return Outcome;
    }

    /// <summary>
    /// The TLS key log lines of all <see cref="Secrets"/> of that type, as text of a key log file; empty where there are none.
    /// </summary>
    public string TlsKeyLog()
    {
        var text = new StringBuilder();
        foreach (CaptureSecrets secrets in _secrets)
        {
            if (secrets.Type == CaptureSecrets.TlsKeyLog)
            {
                text.Append(Encoding.Latin1.GetString(secrets.Data.Span)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads packets into an empty batch until it is full or the capture ends. Not called again after a final outcome.</summary>
    private protected abstract ReadOutcome Fill(PacketBatch batch);

    /// <summary>Keeps a remark for people.</summary>
    private protected void Note(string note)
    {
        if (_notes.Count < MaxNotes)
        {
            _notes.Add(note);
        }
        else if (_notes.Count == MaxNotes)
        {
            _notes.Add("more notes are left out");
        }
    }

    /// <summary>Keeps the first damage and counts all.</summary>
    private protected void Report(CaptureDamageKind kind, long packet, long offset, string detail)
    {
        Damages++;
        Damage ??= new CaptureDamage(kind, packet, offset, detail);
    }

    /// <summary>Keeps a section; false when there are too many to keep.</summary>
    private protected bool Keep(CaptureSection section)
    {
        bool hasRoom = _sections.Count < MaxSections;
        if (hasRoom)
        {
            _sections.Add(section);
        }

        return hasRoom;
    }

    /// <summary>Keeps secrets, unless they were collected beforehand.</summary>
    /// <returns>False when there are too many to keep.</returns>
    private protected bool Keep(CaptureSecrets secrets)
    {
        if (_hasAllSecrets)
        {
            return true;
        }

        _secretsLength += secrets.Data.Length;
        bool hasRoom = _secretsLength <= MaxSecretsLength && _secrets.Count < MaxSecretBlocks;
        if (hasRoom)
        {
            _secrets.Add(secrets);
        }

        return hasRoom;
    }

    /// <summary>Keeps a name; false when there are too many to keep.</summary>
    private protected bool Keep(ResolvedName name)
    {
        bool hasRoom = _names.Count < MaxNames;
        if (hasRoom)
        {
            _names.Add(name);
        }

        return hasRoom;
    }

    /// <summary>Says that the source ended inside a record, and whether that is a cut or damage.</summary>
    /// <param name="offset">Start of the record.</param>
    /// <param name="available">Bytes of it that are there.</param>
    /// <param name="what">A word for the record.</param>
    /// <param name="packet">Number of the packet that is not whole, or would have come next.</param>
    /// <param name="isHeader">Whether its header is not whole.</param>
    private protected ReadOutcome EndInside(long offset, long available, string what, long packet, bool isHeader)
    {
        if (Source.Grows && Source.Failure is null)
        {
            IsWaiting = true;
            return ReadOutcome.More;
        }

        if (Source.Failure is { } failure)
        {
            Report(
                Compression is null ? CaptureDamageKind.Unreadable : Source.IsCut ? CaptureDamageKind.CompressionCut : CaptureDamageKind.CompressionDamaged,
                packet,
                offset,
                failure);
            if (available > 0)
            {
                failure += $"; {available} bytes of a {what} lost";
            }

            Note(failure);
            return Source.IsCut ? ReadOutcome.Cut : ReadOutcome.Damaged;
        }

        if (available == 0)
        {
            return ReadOutcome.End;
        }

        Report(isHeader ? CaptureDamageKind.CutInHeader : CaptureDamageKind.CutInPacket, packet, offset, $"{available} bytes of a {what} are there");
        Note($"cut at offset {offset}, {available} bytes of a {what} lost");
        return ReadOutcome.Cut;
    }

    private static CaptureReader Build(CaptureSource source, CaptureReaderOptions options)
    {
        try
        {
            source.Grows = options.Follows && (source.IsInPlace ? true : throw new CaptureFormatException(source.Name, "cannot be followed: it is compressed, or no regular file"));
            return CaptureMagic.Recognize(source.Peek(CaptureMagic.Length)) switch
            {
                CaptureFormat.Pcap => PcapReader.Open(source, options),
                CaptureFormat.Pcapng => PcapngReader.Open(source, options),
                _ => throw source.NotACapture(),
            };
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private void CollectSecrets()
    {
        using CaptureReader scout = Open(Path, Options with { SecretsFirst = false });
        var batch = new PacketBatch();
        while (scout.Read(batch) == ReadOutcome.More)
        {
        }

        _secrets.AddRange(scout._secrets);
        _hasAllSecrets = true;
    }
}
