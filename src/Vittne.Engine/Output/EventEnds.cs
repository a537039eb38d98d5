using System.Globalization;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// Both ends of an event in Maltrail's words, which its log line, CEF and Logstash share: addresses a proxy header names follow the source after a
/// comma, and condensed events show their ports, destinations and protocols as sorted lists with commas.
/// </summary>
internal readonly struct EventEnds
{
    /// <summary>Takes the ends of an event.</summary>
    public EventEnds(ThreatRecord threat, CondensedEvents? events)
    {
        var fields = new ThreatFields(threat);
        Source = fields.Source.ToString();
        if (threat.ForwardedFor.Count > 0)
        {
            Source = $"{Source},{string.Join(',', threat.ForwardedFor)}";
        }

        if (events is { Count: > 1 })
        {
            SourcePort = Ports(events.SourcePorts);
            Destination = string.Join(',', events.Destinations);
            DestinationPort = Ports(events.DestinationPorts);
            Protocol = string.Join(',', events.Protocols.Select(Protocols));
            return;
        }

        SourcePort = Port(fields.SourcePort, fields.HasPorts);
        Destination = fields.Destination.ToString();
        DestinationPort = Port(fields.DestinationPort, fields.HasPorts);
        Protocol = Protocols(fields.Transport);
    }

    /// <summary>Sender.</summary>
    public string Source { get; }

    /// <summary>Its port; empty without one.</summary>
    public string SourcePort { get; }

    /// <summary>Receiver.</summary>
    public string Destination { get; }

    /// <summary>Its port; empty without one.</summary>
    public string DestinationPort { get; }

    /// <summary>Protocol in upper case: <c>TCP</c>, <c>ICMPV6</c>.</summary>
    public string Protocol { get; }

    private static string Protocols(string transport) => transport == "icmp6" ? "ICMPV6" : transport.ToUpperInvariant();

    private static string Port(ushort port, bool hasPorts) => hasPorts && port != 0 ? port.ToString(CultureInfo.InvariantCulture) : "";

    private static string Ports(IReadOnlyCollection<ushort> ports) =>
        string.Join(',', ports.Where(static port => port != 0).Select(static port => port.ToString(CultureInfo.InvariantCulture)));
}
