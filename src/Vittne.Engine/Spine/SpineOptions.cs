using Vittne.Capture.Filters;
using Vittne.Capture.Live;
using Vittne.Packets;
using Vittne.Protocols.Secrets;

namespace Vittne.Engine.Spine;

/// <summary>What a run reads and with how many hands.</summary>
public sealed record SpineOptions
{
    /// <summary>Capture files in order; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>Standard input, when its start was looked at already; whoever opened it disposes it. Null: it is opened when it is its turn.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>What is read instead of captures; whoever opened it disposes it after the run. Null for captures.</summary>
    public ILiveSource? Live { get; init; }

    /// <summary>
    /// Called when records of a live source were collected and when nothing came for a while: the moment to write out and to show. Null when
    /// nobody wants it.
    /// </summary>
    public Action? Turn { get; init; }

    /// <summary>Threads that follow flows; 1 means that no second thread is started at all.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Packets before this time are left out; nanoseconds since the epoch.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>Packets after this time are left out; nanoseconds since the epoch.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>Packets that do not match are left out before they are decoded; they keep their numbers. Null takes all.</summary>
    public PacketFilter? Filter { get; init; }

    /// <summary>How packets are decoded.</summary>
    public PacketDecoderOptions Decoding { get; init; } = new();

    /// <summary>Takes the decryption secrets that captures hold (pcapng); null when nobody decrypts.</summary>
    public TlsSecrets? Secrets { get; init; }

    /// <summary>
    /// Looks for the secrets of a whole capture before its first packet, where it can be read twice: they may stand behind the traffic. Costs
    /// one more walk over pcapng files.
    /// </summary>
    public bool SecretsFirst { get; init; }

    /// <summary>Called about ten times a second with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
