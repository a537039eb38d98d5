using Vittne.Packets;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// The false address of each address. Those that mean the same everywhere stay as they are: unspecified, loopback, broadcast, multicast;
/// link-local ones stay link-local.
/// </summary>
/// <param name="key">The key, <see cref="PrefixMap.KeyLength"/> bytes.</param>
/// <param name="keepsOui">Whether the first half of hardware addresses, the maker, stays.</param>
internal sealed class AddressMap(ReadOnlySpan<byte> key, bool keepsOui) : IDisposable
{
    /// <summary>Addresses whose mapping is remembered: a million takes about 80 MB.</summary>
    private const int MaxRemembered = 1 << 20;

    private const int MacLength = 6;

    private readonly PrefixMap _map = new(key);
    private readonly Dictionary<IpAddress, IpAddress> _known = [];
    private readonly Dictionary<ulong, ulong> _knownMacs = [];

    /// <summary>Maps 4 or 16 bytes of an IP address in place.</summary>
    public void MapIp(Span<byte> bytes)
    {
        IpAddress address = bytes.Length == IpAddress.V4Length
            ? IpAddress.FromV4(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : IpAddress.FromV6(bytes);
        if (address.IsUnspecified || address.IsLoopback || address.IsBroadcast || (address.IsMulticast && !IsSolicitedNode(bytes)))
        {
            return;
        }

        if (!_known.TryGetValue(address, out IpAddress mapped))
        {
            Span<byte> work = stackalloc byte[IpAddress.V6Length];
            work = work[..bytes.Length];
            bytes.CopyTo(work);
            _map.Map(work, IsSolicitedNode(bytes) ? 104 : !address.IsLinkLocal ? 0 : address.IsV4 ? 16 : 64);
            mapped = address.IsV4
                ? IpAddress.FromV4(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(work))
                : IpAddress.FromV6(work);
            if (_known.Count >= MaxRemembered)
            {
                _known.Clear();
            }

            _known.Add(address, mapped);
        }

        mapped.Write(bytes);
    }

    /// <summary>Maps the 6 bytes of a hardware address in place; group addresses stay, but for the part that names a host.</summary>
    public void MapMac(Span<byte> bytes)
    {
        ulong address = 0;
        foreach (byte part in bytes)
        {
            address = (address << 8) | part;
        }

        bool isGroup = (bytes[0] & 1) != 0;
        bool isSolicitedNode = address >> 24 == 0x3333FF;
        if (address == 0 || (isGroup && !isSolicitedNode))
        {
            return;
        }

        if (!_knownMacs.TryGetValue(address, out ulong mapped))
        {
            Span<byte> work = stackalloc byte[MacLength];
            bytes.CopyTo(work);

            // Not the two bits that tell groups and local addresses: they stand at the end of the first byte.
            _map.Map(work, keepsOui || isSolicitedNode ? 24 : 8);
            foreach (byte part in work)
            {
                mapped = (mapped << 8) | part;
            }

            if (_knownMacs.Count >= MaxRemembered)
            {
                _knownMacs.Clear();
            }

            _knownMacs.Add(address, mapped);
        }

        for (int i = 0; i < MacLength; i++)
        {
            bytes[i] = (byte)(mapped >> (8 * (MacLength - 1 - i)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _map.Dispose();

    /// <summary>ff02::1:ff00:0/104 ends in three bytes of a host's address (RFC 4291 section 2.7.1).</summary>
    private static bool IsSolicitedNode(ReadOnlySpan<byte> bytes) =>
        bytes.Length == IpAddress.V6Length && bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF]);
}
