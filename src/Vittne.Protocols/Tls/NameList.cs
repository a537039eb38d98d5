using System.Text;

namespace Vittne.Protocols.Tls;

/// <summary>Names with a length byte before each, as ALPN has them (RFC 7301 section 3.1). A cut name ends the walk.</summary>
/// <param name="bytes">The names with their lengths, without the length of the list.</param>
public readonly ref struct NameList(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The first name; empty without any.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            Enumerator names = GetEnumerator();
            return names.MoveNext() ? names.Current : default;
        }
    }

    /// <summary>The names as text, bytes as characters 0-255.</summary>
    public List<string> ToList()
    {
        List<string> names = [];
        foreach (ReadOnlySpan<byte> name in this)
        {
            names.Add(Encoding.Latin1.GetString(name));
        }

        return names;
    }

    /// <summary>Walks the names.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>Walks the names.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> bytes)
        {
            _rest = bytes;
        }

        /// <summary>The name's bytes.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Moves to the next whole name.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty || _rest[0] >= _rest.Length)
            {
                return false;
            }

            Current = _rest.Slice(1, _rest[0]);
            _rest = _rest[(1 + Current.Length)..];
            return true;
        }
    }
}
