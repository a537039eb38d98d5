using System.Diagnostics.CodeAnalysis;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Dns;

namespace Vittne.Protocols.Nbns;

/// <summary>A NetBIOS name: 15 bytes of name, a 16th that says what it names, and a scope (RFC 1001 section 14).</summary>
/// <param name="Name">The name without the spaces at its end.</param>
/// <param name="Suffix">The 16th byte: 0x00 workstation, 0x20 file server, 0x1C domain controllers, …</param>
/// <param name="Scope">The labels behind, joined with dots; null without.</param>
internal sealed record NbnsName(string Name, byte Suffix, string? Scope)
{
    private const int EncodedLength = 32;

    /// <summary>Reads the name that a message is about: that of its question, else of its first record.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> data, [NotNullWhen(true)] out NbnsName? name, out ushort type)
    {
        name = null;
        type = 0;
        if (!DnsMessage.TryView(data, out DnsMessage message))
        {
            return false;
        }

        DnsQuestions questions = message.Questions;
        if (questions.MoveNext())
        {
            type = questions.Current.Type;
            return TryRead(data, questions.Current.NameOffset, out name);
        }

        DnsResources resources = message.Resources;
        if (resources.MoveNext())
        {
            type = resources.Current.Type;
            return TryRead(data, resources.Current.NameOffset, out name);
        }

        return false;
    }

    /// <summary>The text of the 15 bytes of a name.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => WireText.Of(bytes.TrimEnd(" \0"u8));

    private static bool TryRead(ReadOnlySpan<byte> message, int offset, [NotNullWhen(true)] out NbnsName? name)
    {
        name = null;
        var labels = new DnsLabels(message, offset);
        if (!labels.MoveNext(out ReadOnlySpan<byte> first) || first.Length != EncodedLength || first.ContainsAnyExceptInRange((byte)'A', (byte)'P'))
        {
            return false;
        }

        // First-level encoding: each half of a byte is a letter from A to P.
        Span<byte> decoded = stackalloc byte[EncodedLength / 2];
        for (int i = 0; i < decoded.Length; i++)
        {
            decoded[i] = (byte)(((first[2 * i] - 'A') << 4) | (first[(2 * i) + 1] - 'A'));
        }

        string? scope = null;
        while (labels.MoveNext(out ReadOnlySpan<byte> label))
        {
            scope = scope is null ? WireText.Of(label) : $"{scope}.{WireText.Of(label)}";
        }

        name = new NbnsName(Text(decoded[..^1]), decoded[^1], scope);
        return true;
    }
}
