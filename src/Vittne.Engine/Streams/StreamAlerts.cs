using System.Text;
using Vittne.Capture.Writing;
using Vittne.Engine.Output;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>What no honest sender does, a line each; the file is made with the first of them.</summary>
/// <param name="path">Where it is written.</param>
internal sealed class StreamAlerts(string path) : IDisposable
{
    private StreamWriter? _writer;

    /// <summary>Lines so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a line: time, packet, flow, what it is, what was seen.</summary>
    public void Write(AnomalyRecord anomaly)
    {
        FlowIdentity flow = anomaly.Direction == Direction.FromOriginator ? anomaly.Flow : anomaly.Flow.Turned();
        Count++;
        try
        {
            _writer ??= new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            _writer.WriteLine(
                $"{RecordTime.Of(anomaly.At.TimestampNs)} packet {anomaly.At.Number} {Endpoint(flow.Source, flow.SourcePort)} > {Endpoint(flow.Destination, flow.DestinationPort)} {AnomalyNames.Name(anomaly.Kind)}: {anomaly.Detail}");
        }
        catch (IOException e)
        {
            throw new OutputException(path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private static string Endpoint(in IpAddress address, ushort port) => address.IsV4 ? $"{address}:{port}" : $"[{address}]:{port}";
}
