using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Files;

namespace Vittne.Engine.Filter;

/// <summary>Opens what is written.</summary>
internal static class SinkFactory
{
    /// <summary>Opens the output that was asked for, for inputs of this form.</summary>
    public static IPacketSink Open(FilterOptions options, OutputForm form)
    {
        string path = options.OutputPath!;
        PcapHeader header = form.Header(options.IsNanosecond);
        var pcapng = new PcapngWriterOptions
        {
            JoinsSections = options.IsMerged || options.IsSorted || options.SplitsByFlow is not null,
            IsBare = !options.AnonymisationKey.IsEmpty,
        };
        CaptureWriter Writer(CaptureOutput output) => options.IsPcapng ? new PcapngWriter(output, pcapng) : new PcapWriter(output, header);
        return options.SplitsByFlow is { } byFlow ? new KeySink(path, byFlow, (stream, name) => Writer(CaptureOutput.To(stream, name)))
            : options.Split is { } split ? new SeriesSink(name => Writer(CaptureOutput.Open(name, path)), split, options.Closed)
            : new FileSink(Writer(CaptureOutput.Open(path)), header.IsNanosecond);
    }
}
