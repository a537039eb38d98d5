using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>The extensions of a hello in the order sent. One that reaches beyond the list ends the walk: what came before counts.</summary>
/// <param name="block">The extension block without its own length.</param>
public readonly ref struct TlsExtensionList(ReadOnlySpan<byte> block)
{
    private const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _block = block;

    /// <summary>Number of whole extensions.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (TlsExtension _ in this)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>True when bytes are left behind the last whole extension.</summary>
    public bool IsDamaged
    {
        get
        {
            Enumerator extensions = GetEnumerator();
            while (extensions.MoveNext())
            {
            }

            return extensions.HasRest;
        }
    }

    /// <summary>The first extension of a type.</summary>
    /// <returns>False when the hello has none.</returns>
    public bool TryFind(ushort type, out ReadOnlySpan<byte> body)
    {
        foreach (TlsExtension extension in this)
        {
            if (extension.Type == type)
            {
                body = extension.Body;
                return true;
            }
        }

        body = default;
        return false;
    }

    /// <summary>Walks the extensions.</summary>
    public Enumerator GetEnumerator() => new(_block);

    /// <summary>Walks the extensions.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _body;
        private ushort _type;

        internal Enumerator(ReadOnlySpan<byte> block)
        {
            _rest = block;
        }

        /// <summary>The extension.</summary>
        public readonly TlsExtension Current => new(_type, _body);

        internal readonly bool HasRest => !_rest.IsEmpty;

        /// <summary>Moves to the next whole extension.</summary>
        public bool MoveNext()
        {
            if (_rest.Length < HeaderLength)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            if (length > _rest.Length - HeaderLength)
            {
                return false;
            }

            _type = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            _body = _rest.Slice(HeaderLength, length);
            _rest = _rest[(HeaderLength + length)..];
            return true;
        }
    }
}
