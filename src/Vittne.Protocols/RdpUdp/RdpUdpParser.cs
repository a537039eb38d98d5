using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.RdpUdp;

/// <summary>
/// The UDP transport of Remote Desktop (MS-RDPEUDP, MS-RDPEUDP2): reads the TLS handshake of a reliable connection, or the DTLS handshake of
/// one that does not repeat what was lost.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told; null for single messages only.</param>
public sealed class RdpUdpParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : DatagramParser(flow, sink)
{
    private const string Name = "rdp";

    // A handshake takes fewer datagrams, with all that is repeated and padded.
    private const int MaxDatagrams = 256;

    private Sides<uint?> _initial;
    private Sides<long?> _latest;
    private CarriedTls? _tls;
    private DtlsParser? _dtls;
    private bool? _isVersion3;
    private bool? _isLossy;
    private int _datagrams;
    private bool _isDone;

    private ParserOptions Options => options ?? ParserOptions.Messages;

    /// <inheritdoc/>
    public override bool IsDone => _isDone;

    /// <summary>Whether a datagram opens a connection or has the beginning of a TLS or DTLS handshake. Strict.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram) => RdpUdpSyn.TryRead(datagram, out _) || Form(datagram, out _) is not null;

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if (_isDone)
        {
            return;
        }

        if (RdpUdpSyn.TryRead(datagram, out RdpUdpSyn syn))
        {
            TakeSyn(direction, syn);
        }
        else if (TryRead(datagram, out RdpUdpData data))
        {
            Take(direction, data, at);
        }

        _datagrams++;
        if (_datagrams >= MaxDatagrams)
        {
            OnEnd(at);
        }

        _isDone |= _tls is { IsDone: true } || _dtls is { IsDone: true };
    }

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at)
    {
        if (!_isDone)
        {
            _tls?.OnEnd(at);
            _dtls?.OnEnd(at);
            _isDone = true;
        }
    }

    /// <summary>Tells by the handshake that begins in a datagram whether it has the form of version 3; null when none begins.</summary>
    private static bool? Form(ReadOnlySpan<byte> datagram, out RdpUdpData data)
    {
        if (RdpUdpData.TryRead(datagram, out data) && BeginsHandshake(data.Payload))
        {
            return false;
        }

        return RdpUdpData.TryReadVersion3(datagram, out data) && BeginsHandshake(data.Payload) ? true : null;
    }

    private static bool BeginsHandshake(ReadOnlySpan<byte> payload) =>
        !payload.IsEmpty && payload[0] == RecordType.Handshake && (TlsParser.Recognizes(payload) == Recognition.Yes || DtlsParser.Recognizes(payload));

    private void TakeSyn(Direction direction, in RdpUdpSyn syn)
    {
        _isLossy ??= syn.IsLossy;
        if (syn.IsAnswer || !syn.IsVersion3)
        {
            _isVersion3 ??= syn.IsVersion3;
        }

        _initial[(int)direction] ??= syn.InitialNumber;
    }

    private bool TryRead(ReadOnlySpan<byte> datagram, out RdpUdpData data)
    {
        _isVersion3 ??= Form(datagram, out data);
        data = default;
        return _isVersion3 switch
        {
            null => false,
            true => RdpUdpData.TryReadVersion3(datagram, out data),
            false => RdpUdpData.TryRead(datagram, out data),
        };
    }

    private void Take(Direction direction, in RdpUdpData data, in PacketStamp at)
    {
        _isLossy ??= DtlsParser.Recognizes(data.Payload);
        if (_isLossy.Value)
        {
            _dtls ??= new DtlsParser(Flow, Sink, Options);
            _dtls.OnDatagram(direction, data.Payload, at);
            return;
        }

        _tls ??= new CarriedTls(Flow, Sink, Options, Name);
        bool isNumbered32 = _isVersion3 is false;
        if (isNumbered32 && _latest[(int)direction] is null && _initial[(int)direction] is { } initial)
        {
            _latest[(int)direction] = initial;
            _tls.Begin(direction, initial + 1L);
        }

        _tls.OnPiece(direction, Unwrap(direction, data.Number, isNumbered32), data.Payload, at);
    }

    /// <summary>The number as it would be had it no end: the one next to the latest.</summary>
    private long Unwrap(Direction direction, uint number, bool isNumbered32)
    {
        ref long? latest = ref _latest[(int)direction];
        long near = latest ?? number;
        long distance = isNumbered32 ? (int)(number - (uint)near) : (short)(number - (uint)near);
        latest = near + distance;
        return near + distance;
    }
}
