using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>Behind the part in the clear: what kinds of records come, and with recorded secrets what is in them.</summary>
public sealed partial class TlsParser
{
    private bool IsFollowed(TlsDirection side, Direction direction) =>
        !side.IsOver && (_log is { IsTold: false } || _tunnel?.IsOver(direction) == false);

    /// <summary>Looks at the records of a direction.</summary>
    /// <returns>Bytes consumed; all of them when nothing more is wanted.</returns>
    private int Follow(TlsDirection side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int consumed = 0;
        side.Needed = 1;
        while (IsFollowed(side, direction))
        {
            ReadOnlySpan<byte> rest = data[consumed..];
            if (side.IsLost && !rest.IsEmpty)
            {
                if (TlsRecognition.Recognise(rest) == Recognition.No)
                {
                    if (++side.Passed > MaxPassedSegments)
                    {
                        Close(side, direction);
                    }

                    return data.Length;
                }

                side.IsLost = false;
            }

            if (!RecordHeader.TryRead(rest, out RecordHeader header))
            {
                side.Needed = RecordHeader.Length;
                return consumed;
            }

            if (!header.IsRecord || !header.HasLegalLength)
            {
                Close(side, direction);
                _tunnel?.OnGap(direction, 0, at);
                break;
            }

            int total = RecordHeader.Length + header.BodyLength;
            if (total > rest.Length)
            {
                side.Needed = total;
                return consumed;
            }

            consumed += total;
            if (_tunnel?.TryTake(direction, rest[..total], at) != true && _log is not null)
            {
                Log(_log, direction, header.Type, rest[RecordHeader.Length..total], at);
            }
        }

        return data.Length;
    }

    private static void Log(HandshakeLog log, Direction direction, byte type, ReadOnlySpan<byte> body, in PacketStamp at)
    {
        switch (type)
        {
            case RecordType.ChangeCipherSpec:
                log.OnChangeCipherSpec(direction, at);
                break;

            case RecordType.Alert:
                log.OnAlert(body, direction, at);
                break;

            case RecordType.ApplicationData:
                log.OnApplicationData(direction, at);
                break;

            case RecordType.Heartbeat:
                log.OnHeartbeat(direction);
                break;
        }
    }
}
