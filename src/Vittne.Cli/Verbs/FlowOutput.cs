using Vittne.Cli.Rendering;
using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Output.Remote;

namespace Vittne.Cli.Verbs;

/// <summary>Where records of <c>vittne flows</c> go: standard output, a file, or a collector of flow export.</summary>
internal sealed class FlowOutput : IDisposable
{
    private const string DatagramPrefix = "udp://";

    private readonly Stream _stream;

    private FlowOutput(Stream stream, IFlowWriter writer, bool usesNetwork)
    {
        _stream = stream;
        Writer = writer;
        UsesNetwork = usesNetwork;
    }

    /// <summary>What writes them.</summary>
    public IFlowWriter Writer { get; }

    /// <summary>True when they go to another machine.</summary>
    public bool UsesNetwork { get; }

    /// <summary>Opens it; null when that makes no sense, which is told.</summary>
    public static FlowOutput? Open(FlowsRequest request, TextWriter output, TextWriter error)
    {
        FlowFormat format = request.Format;
        bool isTerminal = request.OutputPath is null && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        RemoteAddress? datagrams = null;
        bool isRemote = request.OutputPath?.StartsWith(DatagramPrefix, StringComparison.OrdinalIgnoreCase) ?? false;
        string? problem = isRemote switch
        {
            true when !format.IsExport => $"--out {request.OutputPath} needs --format ipfix or netflow9; other formats go to a file",
            true when !RemoteAddress.TryParse(request.OutputPath!, out datagrams) => $"--out {request.OutputPath} names no collector; write udp://HOST:PORT",
            false when format.IsExport && isTerminal => $"--format {format.Name} is binary and not for a terminal; name a file or udp://HOST:PORT with --out",
            _ => null,
        };
        if (problem is not null)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
            return null;
        }

        Stream stream = isRemote ? Stream.Null : request.OutputPath is null ? TextWriterStream.Of(output) : File.Create(request.OutputPath);
        var options = new FlowWriterOptions { Output = stream, Datagrams = datagrams, Columns = request.Columns, IsTerminal = isTerminal };
        return new FlowOutput(stream, format.Create(options), isRemote);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
