using System.Globalization;
using System.Text;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Flows.Tests;

/// <summary>Writes down what a stream delivers: text of each side, gaps as <c>[n]</c>, the end as <c>|</c>.</summary>
internal sealed class StreamRecorder : StreamConsumer
{
    private readonly StringBuilder[] _text = [new(), new()];

    public string Originator => _text[0].ToString();

    public string Responder => _text[1].ToString();

    public override bool IsUnrecognised => false;

    public override bool IsDone(Direction direction) => false;

    public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at) =>
        _text[(int)direction].Append(Encoding.Latin1.GetString(data));

    public override void OnGap(Direction direction, long length, in PacketStamp at) =>
        _text[(int)direction].Append(CultureInfo.InvariantCulture, $"[{length}]");

    public override void OnEnd(Direction direction, in PacketStamp at) => _text[(int)direction].Append('|');
}
