using System.Buffers;
using System.Text;
using Vittne.Protocols.Dns;
using Vittne.Trails.Text;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>The label that somebody registered, or would have, of a name that does not exist, and how much it looks generated.</summary>
/// <param name="Trail">How the event shows the name: the label free, <c>(label).tld</c>.</param>
/// <param name="EntropyBits">Shannon entropy of the label in bits a character.</param>
/// <param name="Consonants">How many of its letters are consonants; y is one.</param>
internal readonly record struct GeneratedLabel(string Trail, double EntropyBits, int Consonants)
{
    public const double EntropyThreshold = 3.5;

    public const int ConsonantThreshold = 9;

    private static readonly SearchValues<byte> ConsonantBytes = SearchValues.Create("bcdfghjklmnpqrstvwxyz"u8);

    public static bool TryFind(DnsRecord dns, HeuristicReadings readings, out GeneratedLabel label)
    {
        label = default;
        if (readings.Dns(dns) is not { IsMissingName: true } reading || reading.Names.Length == 0)
        {
            return false;
        }

        string name = reading.Names[0];
        int start = DnsParent.StartOf(name);
        int dot = name.IndexOf('.', start);
        string registered = name[start..dot];
        if (registered.Length == 0
            || registered.Contains('-', StringComparison.Ordinal)
            || DnsReading.IsKnown(readings.Index, name)
            || DnsReading.HasNumericTopLevel(name)
            || NameShapes.IsBlockListLookup(name)
            || NameShapes.IsLocalLookup(name))
        {
            return false;
        }

        byte[] bytes = Encoding.Latin1.GetBytes(registered);
        label = new GeneratedLabel($"({name[..dot]}){name[dot..]}", ShannonEntropy.OfBits(bytes), ConsonantsIn(bytes));
        return true;
    }

    internal static int ConsonantsIn(ReadOnlySpan<byte> label)
    {
        int count = 0;
        foreach (byte letter in label)
        {
            count += ConsonantBytes.Contains(letter) ? 1 : 0;
        }

        return count;
    }
}
