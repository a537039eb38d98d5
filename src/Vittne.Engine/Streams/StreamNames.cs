using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>Gives files their names, in the order of their first packets.</summary>
/// <param name="options">How files are named.</param>
internal sealed class StreamNames(StreamsOptions options)
{
    /// <summary>So many files lie in the folder itself; what comes behind them goes into folders of a thousand.</summary>
    public const int MaxInFolder = 10_000;

    private const int FilesInFolder = 1000;

    // Names are remembered as hashes of 64 bits: one that is taken for another by chance gets a counter without need, no more.
    private readonly Dictionary<ulong, int> _taken = [];

    /// <summary>Files that were named.</summary>
    public long Count { get; private set; }

    /// <summary>The name of the next file.</summary>
    public string Next(StreamFile file)
    {
        string plain = Format(file, counter: 0);
        string name = plain;
        if (!_taken.TryAdd(HashOf(plain), 1))
        {
            int counter = _taken[HashOf(plain)];
            do
            {
                name = Format(file, counter);
                name = name == plain ? string.Create(CultureInfo.InvariantCulture, $"{plain}c{counter}") : name;
                counter++;
            }
            while (!_taken.TryAdd(HashOf(name), 1));
            _taken[HashOf(plain)] = counter;
        }

        string folder = Count < MaxInFolder || options.Names.HasNumber ? "" : string.Create(CultureInfo.InvariantCulture, $"{Count / FilesInFolder:000}/");
        Count++;
        return folder + name;
    }

    private static ulong HashOf(string name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));

    private string Format(StreamFile file, int counter) =>
        options.Names.Format(file, Count, counter) + (file.Flow.Protocol == IpProtocol.Udp ? ".udp" : "");
}
