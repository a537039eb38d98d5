using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>Turns whole handshake messages into records: the part that TLS, DTLS and QUIC share.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="carrier">What carries the handshake.</param>
/// <param name="observer">Watches the handshake as a whole; null when nobody asks for it.</param>
internal sealed class HandshakeRecords(FlowIdentity flow, IRecordSink sink, TlsCarrier carrier, HandshakeObserver? observer = null)
{
    /// <summary>True when a ClientHello was told.</summary>
    public bool HasClientHello { get; private set; }

    /// <summary>True when a ServerHello was told that is no HelloRetryRequest.</summary>
    public bool HasServerHello { get; private set; }

    /// <summary>True when that ServerHello chose TLS 1.3: nothing in the clear follows.</summary>
    public bool IsVersion13 { get; private set; }

    /// <summary>True between a HelloRetryRequest and the ServerHello.</summary>
    public bool IsRetrying { get; private set; }

    /// <summary>Tells one message; types that nobody wants are ignored.</summary>
    public void Tell(ReadOnlySpan<byte> message, Direction direction, in PacketStamp at)
    {
        switch (message[0])
        {
            case HandshakeType.ClientHello:
                TellClientHello(message, direction, at);
                break;

            case HandshakeType.ServerHello or HandshakeType.HelloRetryRequest:
                TellServerHello(message, direction, at);
                break;

            case HandshakeType.Certificate when !IsVersion13:
                TellCertificates(CertificateMessage.Read(message), direction, at);
                break;

            case HandshakeType.ServerKeyExchange:
                observer?.OnServerKeyExchange(message, at);
                break;
        }
    }

    /// <summary>Tells a message of TLS 1.3 that recorded secrets opened; types that nobody wants are ignored.</summary>
    public void TellOpened(ReadOnlySpan<byte> message, Direction direction, in PacketStamp at)
    {
        switch (message[0])
        {
            case HandshakeType.EncryptedExtensions:
                observer?.OnEncryptedExtensions(message, at);
                break;

            case HandshakeType.Certificate:
                TellCertificates(CertificateMessage.Read13(message), direction, at);
                break;

            case HandshakeType.CompressedCertificate when CompressedCertificate.TryExpand(message, out byte[]? expanded):
                TellCertificates(CertificateMessage.Read13(expanded), direction, at);
                break;
        }
    }

    /// <summary>Tells a hello in SSLv2 framing.</summary>
    public void TellSslV2ClientHello(ReadOnlySpan<byte> message, Direction direction, in PacketStamp at)
    {
        HasClientHello = true;
        sink.Add(new ClientHelloRecord
        {
            Flow = flow,
            At = at,
            Direction = direction,
            Message = message.ToArray(),
            Carrier = carrier,
            IsSslV2 = true,
        });
        observer?.OnClientHello(message, isSslV2: true, direction, at);
    }

    /// <summary>Tells the certificate of a server that answers in SSLv2.</summary>
    public void TellSslV2Certificate(ReadOnlySpan<byte> certificate, Direction direction, in PacketStamp at)
    {
        HasServerHello = true;
        if (!certificate.IsEmpty)
        {
            TellCertificates([certificate.ToArray()], direction, at);
        }
    }

    /// <summary>Tells what is wrong.</summary>
    public void TellAnomaly(AnomalyKind kind, string detail, Direction direction, in PacketStamp at) =>
        sink.Add(new AnomalyRecord { Flow = flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    private void TellCertificates(List<byte[]> certificates, Direction direction, in PacketStamp at)
    {
        if (certificates.Count > 0)
        {
            sink.Add(new CertificateChainRecord { Flow = flow, At = at, Direction = direction, Certificates = certificates, Carrier = carrier });
            observer?.OnCertificates(certificates, direction, at);
        }
    }

    private void TellClientHello(ReadOnlySpan<byte> message, Direction direction, in PacketStamp at)
    {
        if (!ClientHello.TryParse(message, out ClientHello hello))
        {
            TellAnomaly(AnomalyKind.TlsExtension, "ClientHello cannot be read", direction, at);
            return;
        }

        HasClientHello = true;
        sink.Add(new ClientHelloRecord { Flow = flow, At = at, Direction = direction, Message = message.ToArray(), Carrier = carrier });
        observer?.OnClientHello(message, isSslV2: false, direction, at);
        if (hello.IsDamaged)
        {
            TellAnomaly(AnomalyKind.TlsExtension, "ClientHello: wrong length of extensions", direction, at);
        }
    }

    private void TellServerHello(ReadOnlySpan<byte> message, Direction direction, in PacketStamp at)
    {
        if (!ServerHello.TryParse(message, out ServerHello hello))
        {
            TellAnomaly(AnomalyKind.TlsExtension, "ServerHello cannot be read", direction, at);
            return;
        }

        IsRetrying = hello.IsHelloRetryRequest;
        if (!IsRetrying)
        {
            HasServerHello = true;
            IsVersion13 = hello.IsVersion13;
        }

        sink.Add(new ServerHelloRecord { Flow = flow, At = at, Direction = direction, Message = message.ToArray(), Carrier = carrier });
        observer?.OnServerHello(message, hello, direction, at);
        if (hello.IsDamaged)
        {
            TellAnomaly(AnomalyKind.TlsExtension, "ServerHello: wrong length of extensions", direction, at);
        }
    }
}
