using System.Text;
using System.Text.Json;
using Vittne.Engine.Spine;
using Vittne.Engine.Streams;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Streams;

/// <summary>What a run over frames leaves in a folder of its own.</summary>
internal sealed class StreamFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("vittne-streams-").FullName;

    /// <summary>Runs over Ethernet frames, a millisecond apart.</summary>
    public StreamFolder(IEnumerable<byte[]> frames, Func<StreamsOptions, StreamsOptions>? change = null, int workers = 1, Func<int, int>? wireLength = null)
    {
        var pcap = new PcapBuilder();
        int number = 0;
        foreach (byte[] frame in frames)
        {
            pcap.Add(Batches.StartNs + (number * 1_000_000L), frame, wireLength?.Invoke(number));
            number++;
        }

        using var capture = new TemporaryFile(pcap.ToArray());
        var options = new StreamsOptions { Folder = _path };
        Summary = new StreamsRun(change?.Invoke(options) ?? options, new SpineOptions { Captures = [capture.Path], Workers = workers }).Run(TestContext.Current.CancellationToken);
    }

    /// <summary>What the run tells.</summary>
    public StreamsSummary Summary { get; }

    /// <summary>Names of all files but the index, in order.</summary>
    public string[] Names =>
        [.. Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_path, file)).Where(static name => name is not ("index.jsonl" or "alerts.txt")).Order(StringComparer.Ordinal)];

    /// <summary>The lines of the index.</summary>
    public string IndexText => File.ReadAllText(Path.Combine(_path, "index.jsonl"));

    /// <summary>The index by file.</summary>
    public Dictionary<string, JsonElement> Index => IndexText.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(static row => row.GetProperty("file").GetString()!);

    /// <summary>The bytes of a file.</summary>
    public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_path, name));

    /// <summary>The same as Latin-1 text.</summary>
    public string Text(string name) => Encoding.Latin1.GetString(Bytes(name));

    /// <summary>Gaps of a file as the index has them.</summary>
    public (long Offset, long Length)[] Gaps(string name) => Index[name].TryGetProperty("gaps", out JsonElement gaps)
        ? [.. gaps.EnumerateArray().Select(static gap => (gap[0].GetInt64(), gap[1].GetInt64()))]
        : [];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
