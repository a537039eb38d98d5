using System.Text;

namespace Vittne.Protocols.X509;

/// <summary>A name of subject or issuer (RFC 5280 section 4.1.2.4) as RFC 4514 text: the most specific part first.</summary>
internal sealed class DistinguishedName
{
    // Names of real certificates have fewer than twenty parts.
    private const int MaxParts = 128;

    private DistinguishedName(string text, List<string> commonNames, List<string> organizations)
    {
        Text = text;
        CommonNames = commonNames;
        Organizations = organizations;
    }

    /// <summary>The whole name; empty for an empty one.</summary>
    public string Text { get; }

    /// <summary>Values of CN in the order of the certificate.</summary>
    public IReadOnlyList<string> CommonNames { get; }

    /// <summary>Values of O in the order of the certificate.</summary>
    public IReadOnlyList<string> Organizations { get; }

    /// <summary>Reads the content of a Name; what is not whole is left out.</summary>
    /// <param name="content">The RDNSequence without its tag and length.</param>
    /// <param name="isDamaged">True when a part could not be read.</param>
    public static DistinguishedName Read(ReadOnlySpan<byte> content, out bool isDamaged)
    {
        List<string> parts = [];
        List<string> commonNames = [];
        List<string> organizations = [];
        var names = new DerReader(content);
        while (parts.Count < MaxParts && names.TryTake(DerTag.Set, out ReadOnlySpan<byte> set))
        {
            string joined = "";
            int values = 0;
            var attributes = new DerReader(set);
            while (values++ < MaxParts && attributes.TryTake(DerTag.Sequence, out ReadOnlySpan<byte> attribute))
            {
                var reader = new DerReader(attribute);
                if (!reader.TryTake(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type) || !reader.TryTake(out byte tag, out ReadOnlySpan<byte> value))
                {
                    continue;
                }

                string name = ObjectIdentifier.AttributeName(ObjectIdentifier.ToDotted(type));
                string text = DerText.Read(tag, value);
                if (name == "CN")
                {
                    commonNames.Add(text);
                }
                else if (name == "O")
                {
                    organizations.Add(text);
                }

                joined += $"{(joined.Length > 0 ? "+" : "")}{name}={Escape(text)}";
            }

            parts.Add(joined);
        }

        isDamaged = !names.IsAtEnd;
        parts.Reverse();
        return new DistinguishedName(string.Join(',', parts), commonNames, organizations);
    }

    // RFC 4514 section 2.4.
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 4);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isAtEdge = (i == 0 && (c is ' ' or '#')) || (i == value.Length - 1 && c == ' ');
            if (c == '\0')
            {
                text.Append("\\00");
                continue;
            }

            if (isAtEdge || c is '"' or '+' or ',' or ';' or '<' or '>' or '\\')
            {
                text.Append('\\');
            }

            text.Append(c);
        }

        return text.ToString();
    }
}
