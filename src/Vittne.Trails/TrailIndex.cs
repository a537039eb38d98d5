using System.Buffers.Binary;
using System.Collections.Concurrent;
using Vittne.Capture;
using Vittne.Packets;
using Vittne.Trails.Index;
using Vittne.Trails.Lists;

namespace Vittne.Trails;

/// <summary>
/// A compiled set of trails, mapped from a file or compiled in memory. Look-ups may come from several threads. Opening reads the head and
/// the section table only; <see cref="HasGoodDigest"/> reads all of it.
/// </summary>
public sealed class TrailIndex : ITrailIndex, IDisposable
{
    private readonly IndexBytes _bytes;
    private readonly TrailHash _hash;
    private readonly Dictionary<SectionId, KeyTable> _tables = [];
    private readonly KeyTable _addressesV4;
    private readonly KeyTable _endpointsV4;
    private readonly KeyTable _addressesV6;
    private readonly KeyTable _endpointsV6;
    private readonly KeyTable _domains;
    private readonly KeyTable _urls;
    private readonly KeyTable _fingerprints;
    private readonly KeyTable _whitelistDomains;
    private readonly NetworkTable _networks;
    private readonly NetworkTable _whitelistRanges;
    private readonly NumberSection _ignoreRules;
    private readonly ConcurrentDictionary<int, Trail> _made = new();
    private readonly Lazy<PatternTrails> _domainPatterns;
    private readonly Lazy<PatternTrails> _userAgents;
    private TrailIndex? _extraWhitelist;
    private bool _ignoresWhitelist;
    private readonly uint _kinds;

    private TrailIndex(IndexBytes bytes, string path)
    {
        _bytes = bytes;
        IndexHeader header = IndexHeader.Read(bytes, path);
        Path = path;
        BuiltAtSeconds = header.BuiltAtSeconds;
        _hash = new TrailHash(header.Seed);
        int count = 0;
        foreach (SectionId id in TableKind.All)
        {
            var table = new KeyTable(bytes, header.Section(id, path), count, path);
            if (table.Count > int.MaxValue - count)
            {
                throw IndexHeader.Damaged(path);
            }

            count += table.Count;
            _tables.Add(id, table);
        }

        foreach (SectionId id in (ReadOnlySpan<SectionId>)[SectionId.Drops, SectionId.WhitelistDomains, SectionId.WhitelistOthers])
        {
            _tables.Add(id, new KeyTable(bytes, header.Section(id, path), 0, path));
        }

        _addressesV4 = _tables[SectionId.AddressesV4];
        _endpointsV4 = _tables[SectionId.EndpointsV4];
        _addressesV6 = _tables[SectionId.AddressesV6];
        _endpointsV6 = _tables[SectionId.EndpointsV6];
        _domains = _tables[SectionId.Domains];
        _urls = _tables[SectionId.Urls];
        _fingerprints = _tables[SectionId.Fingerprints];
        _whitelistDomains = _tables[SectionId.WhitelistDomains];
        _networks = new NetworkTable(bytes, header.Section(SectionId.NetworkRanges, path), path);
        _whitelistRanges = new NetworkTable(bytes, header.Section(SectionId.WhitelistRanges, path), path);
        CleanupRanges = new NetworkTable(bytes, header.Section(SectionId.CleanupRanges, path), path);
        Texts = new TextTable(bytes, header.Section(SectionId.Strings, path), path);
        TrailLists = new TrailLists(bytes, header, Texts, path);
        Rows = new TrailRows(bytes, header, Texts, TrailLists, path);
        Counters = new IndexCounters(bytes, header, path);
        foreach ((uint kind, long kindCount) in Counters.Of(CounterGroup.Kind))
        {
            _kinds |= kindCount > 0 ? 1u << ((int)kind & 31) : 0;
        }

        _ignoreRules = new NumberSection(bytes, header.Section(SectionId.IgnoreRules, path), 1, path);
        if (Rows.Count != count || Rows.DropCount != _tables[SectionId.Drops].Count)
        {
            throw IndexHeader.Damaged(path);
        }

        _domainPatterns = new Lazy<PatternTrails>(() => PatternTrails.Compile(_tables[SectionId.Patterns], Rows, TrailKind.DomainPattern));
        _userAgents = new Lazy<PatternTrails>(() => PatternTrails.Compile(_tables[SectionId.Patterns], Rows, TrailKind.UserAgent));
    }

    /// <summary>The version of the file format that this program reads and writes.</summary>
    public static int FormatVersion => (int)IndexHeader.Version;

    /// <inheritdoc/>
    public long Count => Rows.Count;

    /// <summary>The index file as it was named; empty for one compiled in memory.</summary>
    public string Path { get; }

    /// <summary>Size in bytes.</summary>
    public long Length => _bytes.Length;

    /// <summary>When it was built, in seconds since the epoch; 0 when that is not told.</summary>
    public long BuiltAtSeconds { get; }

    /// <summary>Rules for events to ignore (<c>src_ip;src_port;dst_ip;dst_port</c>), as written.</summary>
    public IReadOnlyList<string> IgnoreRules
    {
        get
        {
            string[] rules = new string[_ignoreRules.Count];
            for (int i = 0; i < rules.Length; i++)
            {
                rules[i] = Texts[_ignoreRules[i, 0]];
            }

            return rules;
        }
    }

    /// <summary>Patterns that cannot be searched for, in words. Compiles all patterns when that has not happened yet.</summary>
    public IReadOnlyList<string> PatternProblems => [.. _domainPatterns.Value.Problems, .. _userAgents.Value.Problems];

    internal TrailRows Rows { get; }

    internal TrailLists TrailLists { get; }

    internal TextTable Texts { get; }

    internal IndexCounters Counters { get; }

    internal NetworkTable CleanupRanges { get; }

    internal TrailHash Hash => _hash;

    /// <summary>Maps an index file.</summary>
    /// <exception cref="IndexFormatException">The file is no index, or of another version, or damaged or cut.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TrailIndex Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            return new TrailIndex(new IndexBytes(file), path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An index from bytes in memory.</summary>
    /// <param name="bytes">A whole index.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="IndexFormatException">The bytes are no index, or of another version, or damaged or cut.</exception>
    public static TrailIndex FromBytes(byte[] bytes, string name = "") => new(new IndexBytes(bytes), name);

    /// <summary>
    /// Opens an index or compiles lists, in memory, to the same bytes that <c>trails build</c> writes. Several paths become one set.
    /// </summary>
    /// <param name="paths">Index files, lists, folders with lists, <c>-</c>.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="report">What was read, and what could not be.</param>
    /// <exception cref="IOException">A path does not exist or an index cannot be used.</exception>
    public static TrailIndex Load(IReadOnlyList<string> paths, TrailBuildOptions options, out TrailBuildReport report)
    {
        report = new TrailBuildReport();
        TrailIndex index = paths.Count == 1 && TrailSet.IsIndexFile(paths[0])
            ? Open(paths[0])
            : FromBytes(TrailSet.Compile(paths, options, report), paths.Count == 1 ? paths[0] : "");
        string[] whitelists = [.. options.Whitelists.Where(path => path != "none")];
        index._ignoresWhitelist = whitelists.Length < options.Whitelists.Count;
        if (whitelists.Length > 0)
        {
            index._extraWhitelist = FromBytes(TrailSet.CompileWhitelist(whitelists, options, report));
        }

        return index;
    }

    /// <inheritdoc/>
    public bool TryFindAddress(in IpAddress address, out int trail)
    {
        // A mapped address is the IPv4 address in another coat: lists know it by that.
        IpAddress plain = address.Unmapped;
        Span<byte> key = stackalloc byte[16];
        bool isFound = plain.IsV4
            ? TryFind(_addressesV4, _hash.Number((uint)plain.Low), key[..KeyText.WriteAddress(plain, key)], out trail)
            : TryFindBytes(_addressesV6, key[..KeyText.WriteAddress(plain, key)], out trail);
        return isFound || (_networks.TryFind(plain, out trail) && trail < Rows.Count);
    }

    /// <inheritdoc/>
    public bool TryFindEndpoint(in IpAddress address, ushort port, out int trail)
    {
        IpAddress plain = address.Unmapped;
        Span<byte> key = stackalloc byte[18];
        int length = KeyText.WriteAddress(plain, key);
        BinaryPrimitives.WriteUInt16BigEndian(key[length..], port);
        key = key[..(length + sizeof(ushort))];
        return plain.IsV4
            ? TryFind(_endpointsV4, _hash.Number(((plain.Low & uint.MaxValue) << 16) | port), key, out trail)
            : TryFindBytes(_endpointsV6, key, out trail);
    }

    /// <inheritdoc/>
    public bool Holds(TrailKind kind) => (_kinds & (1u << (int)kind)) != 0;

    /// <inheritdoc/>
    public bool TryFindDomain(ReadOnlySpan<byte> name, out int trail, out int start) => TryFindSuffix(_domains, _hash, name, out trail, out start);

    /// <inheritdoc/>
    public bool TryFindUrl(ReadOnlySpan<byte> key, out int trail) => TryFindBytes(_urls, key, out trail);

    /// <inheritdoc/>
    public bool TryFindFingerprint(TrailKind kind, ReadOnlySpan<byte> key, out int trail)
    {
        Span<byte> typed = stackalloc byte[1 + 64];
        trail = -1;
        return key.Length < typed.Length && TryFindBytes(_fingerprints, KeyText.WriteTyped(kind, key, typed), out trail);
    }

    /// <inheritdoc/>
    public bool TryFindDomainPattern(ReadOnlySpan<byte> name, out int trail, out int start, out int length) =>
        _domainPatterns.Value.TryFind(name, out trail, out start, out length);

    /// <inheritdoc/>
    public bool TryFindUserAgent(ReadOnlySpan<byte> value, out int trail, out int start, out int length) =>
        _userAgents.Value.TryFind(value, out trail, out start, out length);

    /// <inheritdoc/>
    public bool IsWhitelisted(in IpAddress address) =>
        (!_ignoresWhitelist && _whitelistRanges.TryFind(address, out _)) || (_extraWhitelist is not null && _extraWhitelist.IsWhitelisted(address));

    /// <inheritdoc/>
    public bool IsWhitelistedDomain(ReadOnlySpan<byte> name) =>
        (!_ignoresWhitelist && TryFindSuffix(_whitelistDomains, _hash, name, out _, out _)) || (_extraWhitelist is not null && _extraWhitelist.IsWhitelistedDomain(name));

    /// <inheritdoc/>
    public Trail Get(int trail)
    {
        if (!_made.TryGetValue(trail, out Trail? made))
        {
            (TrailKind kind, string indicator) = KeyOf(trail);
            made = _made.GetOrAdd(trail, Rows.Trail(trail, kind, indicator));
        }

        return made;
    }

    /// <summary>Tells all that is known of an indicator, which may be written defanged.</summary>
    public TrailCheck Explain(string indicator) => new TrailExplainer(this).Explain(indicator);

    /// <summary>Counts and lists of the index.</summary>
    public TrailIndexSummary Summary() => TrailIndexSummary.Of(this);

    /// <summary>Reads all bytes and compares the digest; false when a byte is wrong.</summary>
    public bool HasGoodDigest() => IndexHeader.HasGoodDigest(_bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _extraWhitelist?.Dispose();
        _bytes.Dispose();
    }

    /// <summary>A table.</summary>
    internal KeyTable Table(SectionId id) => _tables[id];

    /// <summary>Addresses and networks of the whitelist.</summary>
    internal IEnumerable<IpNetwork> WhitelistNetworks() => _whitelistRanges.Ranges().SelectMany(range => IpNetwork.Cover(range.First, range.Last));

    /// <summary>Kind and text of the key of a trail.</summary>
    internal (TrailKind Kind, string Indicator) KeyOf(int trail)
    {
        foreach (SectionId id in TableKind.All)
        {
            KeyTable table = _tables[id];
            if (trail >= table.FirstNumber && trail - table.FirstNumber < table.Count)
            {
                ReadOnlySpan<byte> key = table.Key(trail);
                TrailKind kind = TableKind.KindOf(id, key);
                return (kind, KeyText.Of(kind, TableKind.IsTyped(id) && !key.IsEmpty ? key[1..] : key));
            }
        }

        return (default, "");
    }

    /// <summary>Finds a key in a table that hashes it as bytes.</summary>
    internal bool TryFindBytes(KeyTable table, ReadOnlySpan<byte> key, out int number) => TryFind(table, _hash.Bytes(key), key, out number);

    private static bool TryFind(KeyTable table, ulong hash, ReadOnlySpan<byte> key, out int number) => table.TryFind(hash, key, out number);

    private static bool TryFindSuffix(KeyTable table, TrailHash seed, ReadOnlySpan<byte> name, out int number, out int start)
    {
        number = -1;
        start = 0;
        var hash = new NameHash(seed.Seed, name, stackalloc byte[NameHash.RoomLength]);
        while (hash.MoveNext())
        {
            if (table.MayHold(hash.Value) && table.TryFind(hash.Value, name[hash.Start..], out int found))
            {
                number = found;
                start = hash.Start;
            }
        }

        return number >= 0;
    }
}
