using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Vittne.Trails.Index;

/// <summary>
/// The head of an index file, little endian:
/// <code>
///  0 magic "VITTRAIL"      24 seed                40 sections   44 zero
///  8 version  12 order     32 length of the file  48 checksum (XXH3) of head and section table
/// 16 build time (s)                               56 zero       64 section table, 48 bytes an entry
/// </code>
/// The file ends with the SHA-256 of all before it. Neither digest covers the build time: equal lists give equal digests.
/// </summary>
internal sealed class IndexHeader
{
    /// <summary>Size of the head without the section table.</summary>
    public const int Length = 64;

    /// <summary>Size of the digest at the end.</summary>
    public const int TrailerLength = SHA256.HashSizeInBytes;

    /// <summary>The format that this program reads and writes.</summary>
    public const uint Version = 1;

    private const uint ByteOrder = 0x0A0B_0C0D;

    private const int MostSections = 64;

    private const int BuiltAtOffset = 16;

    private const int ChecksumOffset = 48;

    private const string BuildAgain = "build it again with vittne trails build";

    private IndexHeader(long builtAtSeconds, ulong seed, Dictionary<SectionId, IndexSection> sections)
    {
        BuiltAtSeconds = builtAtSeconds;
        Seed = seed;
        Sections = sections;
    }

    private static ReadOnlySpan<byte> Magic => "VITTRAIL"u8;

    /// <summary>Seconds since the epoch; 0 for not told.</summary>
    public long BuiltAtSeconds { get; }

    /// <summary>Seed of the hashes.</summary>
    public ulong Seed { get; }

    /// <summary>The sections.</summary>
    public IReadOnlyDictionary<SectionId, IndexSection> Sections { get; }

    /// <summary>True when a file begins like an index.</summary>
    public static bool IsIndex(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads and checks head and section table; nothing else of the file is touched.</summary>
    /// <exception cref="IndexFormatException">The file is no index of this version, or damaged there, or cut.</exception>
    public static IndexHeader Read(IndexBytes bytes, string path)
    {
        ReadOnlySpan<byte> head = bytes.Slice(0, Length);
        if (!IsIndex(head))
        {
            throw new IndexFormatException(path, "is not an index of trails");
        }

        if (head.Length < Length)
        {
            throw new IndexFormatException(path, $"is cut; {BuildAgain}");
        }

        uint order = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (order != ByteOrder)
        {
            throw new IndexFormatException(path, $"has the wrong byte order; {BuildAgain}");
        }

        if (version != Version)
        {
            throw new IndexFormatException(path, $"has format version {version}, this program reads version {Version}; {BuildAgain}");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(head[32..]) != (ulong)bytes.Length)
        {
            throw new IndexFormatException(path, $"is cut or was appended to; {BuildAgain}");
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(head[40..]);
        ReadOnlySpan<byte> all = count > MostSections ? default : bytes.Slice(0, Length + ((int)count * IndexSection.EntryLength));
        if (count > MostSections || all.Length != Length + (count * IndexSection.EntryLength) || ChecksumOf(all) != BinaryPrimitives.ReadUInt64LittleEndian(head[ChecksumOffset..]))
        {
            throw Damaged(path);
        }

        var sections = new Dictionary<SectionId, IndexSection>();
        for (int i = 0; i < count; i++)
        {
            IndexSection section = IndexSection.Read(all[(Length + (i * IndexSection.EntryLength))..]);
            if (section.Offset < all.Length || section.Length < 0 || section.Offset > bytes.Length - TrailerLength - section.Length || !sections.TryAdd(section.Id, section))
            {
                throw Damaged(path);
            }
        }

        return new IndexHeader(BinaryPrimitives.ReadInt64LittleEndian(head[BuiltAtOffset..]), BinaryPrimitives.ReadUInt64LittleEndian(head[24..]), sections);
    }

    /// <summary>The section, which must be there.</summary>
    /// <exception cref="IndexFormatException">It is not.</exception>
    public IndexSection Section(SectionId id, string path) => Sections.TryGetValue(id, out IndexSection section) ? section : throw Damaged(path);

    /// <summary>What is thrown for a file whose parts contradict each other.</summary>
    public static IndexFormatException Damaged(string path) => new(path, $"is damaged (bad checksum); {BuildAgain}");

    /// <summary>Writes head and section table in front of sections that are already in place, and the digest behind them.</summary>
    public static void Write(Span<byte> file, long builtAtSeconds, ulong seed, ReadOnlySpan<IndexSection> sections)
    {
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(file[12..], ByteOrder);
        BinaryPrimitives.WriteInt64LittleEndian(file[BuiltAtOffset..], builtAtSeconds);
        BinaryPrimitives.WriteUInt64LittleEndian(file[24..], seed);
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file[40..], (uint)sections.Length);
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i].Write(file[(Length + (i * IndexSection.EntryLength))..]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file[ChecksumOffset..], ChecksumOf(file[..(Length + (sections.Length * IndexSection.EntryLength))]));
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(file[..BuiltAtOffset]);
        digest.AppendData(file[(BuiltAtOffset + sizeof(long))..^TrailerLength]);
        digest.TryGetHashAndReset(file[^TrailerLength..], out _);
    }

    /// <summary>Reads the whole file and compares its digest; false when a byte is wrong.</summary>
    public static bool HasGoodDigest(IndexBytes bytes)
    {
        const int Block = 1 << 20;
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(bytes.Slice(0, BuiltAtOffset));
        long end = bytes.Length - TrailerLength;
        for (long at = BuiltAtOffset + sizeof(long); at < end; at += Block)
        {
            digest.AppendData(bytes.Slice(at, (int)Math.Min(Block, end - at)));
        }

        Span<byte> found = stackalloc byte[TrailerLength];
        digest.TryGetHashAndReset(found, out _);
        return found.SequenceEqual(bytes.Slice(end, TrailerLength));
    }

    private static ulong ChecksumOf(ReadOnlySpan<byte> headAndTable)
    {
        var hash = new XxHash3();
        hash.Append(headAndTable[..BuiltAtOffset]);
        hash.Append(headAndTable[(BuiltAtOffset + sizeof(long))..ChecksumOffset]);
        hash.Append(headAndTable[(ChecksumOffset + sizeof(ulong))..]);
        return hash.GetCurrentHashAsUInt64();
    }
}
