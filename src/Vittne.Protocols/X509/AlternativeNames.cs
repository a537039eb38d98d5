using System.Net;
using System.Text;

namespace Vittne.Protocols.X509;

/// <summary>The names of a subjectAltName extension (RFC 5280 section 4.2.1.6).</summary>
internal sealed class AlternativeNames
{
    // The list limit of records; real certificates of shared hosts reach some hundreds.
    private const int MaxNames = 1_024;
    private const byte Email = 0x81;
    private const byte Dns = 0x82;
    private const byte Uri = 0x86;
    private const byte Ip = 0x87;

    private readonly List<string> _dnsNames = [];
    private readonly List<string> _ipAddresses = [];
    private readonly List<string> _emailAddresses = [];
    private readonly List<string> _uris = [];

    /// <summary>dNSName values.</summary>
    public IReadOnlyList<string> DnsNames => _dnsNames;

    /// <summary>iPAddress values as text.</summary>
    public IReadOnlyList<string> IpAddresses => _ipAddresses;

    /// <summary>rfc822Name values.</summary>
    public IReadOnlyList<string> EmailAddresses => _emailAddresses;

    /// <summary>uniformResourceIdentifier values.</summary>
    public IReadOnlyList<string> Uris => _uris;

    /// <summary>Reads the value of the extension.</summary>
    /// <returns>False when it is broken; names before that place are kept.</returns>
    public bool TryRead(ReadOnlySpan<byte> value)
    {
        if (!new DerReader(value).TryTake(DerTag.Sequence, out ReadOnlySpan<byte> list))
        {
            return false;
        }

        var names = new DerReader(list);
        int count = 0;
        while (count++ < MaxNames && names.TryTake(out byte tag, out ReadOnlySpan<byte> name))
        {
            switch (tag)
            {
                case Email:
                    _emailAddresses.Add(Encoding.Latin1.GetString(name));
                    break;

                case Dns:
                    _dnsNames.Add(Encoding.Latin1.GetString(name));
                    break;

                case Uri:
                    _uris.Add(Encoding.Latin1.GetString(name));
                    break;

                case Ip when name.Length is 4 or 16:
                    _ipAddresses.Add(new IPAddress(name).ToString());
                    break;
            }
        }

        return names.IsAtEnd || count > MaxNames;
    }
}
