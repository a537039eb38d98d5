using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Protocols.Tls;

/// <summary>A TLS stream that another protocol carries in numbered pieces: puts them in order and feeds a <see cref="TlsParser"/>.</summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told.</param>
/// <param name="carrier">Name of the protocol that carries it.</param>
internal sealed class CarriedTls(FlowIdentity flow, IRecordSink sink, ParserOptions options, string carrier)
{
    private readonly TlsParser _parser = new(flow, sink, options) { OuterProtocol = carrier };
    private readonly NumberedPieces[] _pieces = [new(), new()];
    private Sides<CarryBuffer> _carry;

    /// <summary>True when nothing more of it is wanted.</summary>
    public bool IsDone => _parser.IsDone(Direction.FromOriginator) && _parser.IsDone(Direction.FromResponder);

    /// <summary>The next piece of a direction has this number.</summary>
    public void Begin(Direction direction, long number)
    {
        if (_pieces[(int)direction].Next is null)
        {
            _pieces[(int)direction].Begin(number);
        }
    }

    /// <summary>Takes a piece; where no one said which is the first, it is the first one that begins like TLS.</summary>
    public void OnPiece(Direction direction, long number, ReadOnlySpan<byte> piece, in PacketStamp at)
    {
        NumberedPieces pieces = _pieces[(int)direction];
        if (_parser.IsDone(direction))
        {
            pieces.Close();
            return;
        }

        if (pieces.Next is null && TlsParser.Recognizes(piece) == Recognition.Yes)
        {
            pieces.Begin(number);
        }

        if (pieces.TryAdvance(number))
        {
            Feed(direction, piece, at);
        }
        else
        {
            pieces.Keep(number, piece);
        }

        Release(direction, isLast: false, at);
    }

    /// <summary>Nothing more will come: what waits is read as far as it goes.</summary>
    public void OnEnd(in PacketStamp at)
    {
        for (Direction direction = Direction.FromOriginator; direction <= Direction.FromResponder; direction++)
        {
            Release(direction, isLast: true, at);
            _parser.OnEnd(direction, _carry[(int)direction].Bytes, at);
            _carry[(int)direction].Clear();
        }
    }

    private void Release(Direction direction, bool isLast, in PacketStamp at)
    {
        NumberedPieces pieces = _pieces[(int)direction];
        while (pieces.TryTake(isLast, out byte[] piece, out bool isBehindGap))
        {
            if (isBehindGap)
            {
                _carry[(int)direction].Clear();
                _parser.OnGap(direction, 0, at);
            }

            Feed(direction, piece, at);
        }
    }

    private void Feed(Direction direction, ReadOnlySpan<byte> piece, in PacketStamp at)
    {
        ref CarryBuffer carry = ref _carry[(int)direction];
        if (_parser.IsDone(direction))
        {
            carry.Clear();
            return;
        }

        carry.Append(piece);
        if (carry.Length >= _parser.Needed(direction))
        {
            carry.Consume(Math.Clamp(_parser.OnData(direction, carry.Bytes, at), 0, carry.Length));
        }

        if (carry.Length > ProtocolStream.MaxWaitingBytes)
        {
            carry.Clear();
            _parser.OnGap(direction, 0, at);
        }
    }
}
