using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Dhcp;

/// <summary>Schema of <see cref="DhcpRecord"/>.</summary>
public static class DhcpSchema
{
    /// <summary>Record <c>dhcp</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<DhcpRecord, DhcpView>(
        "dhcp",
        "DHCP and BOOTP for IPv4: who asks for an address, under which name, and what it gets",
        static record => new DhcpView(record),
        static view => view.Summary(),
        Field.Text<DhcpView>("message_type", "`discover` `offer` `request` `decline` `ack` `nak` `release` `inform` …; `bootp` without a type", static view => view.MessageType)
            .Also("dhcp.option.dhcp"),
        Field.Integer<DhcpView>("xid", "number that pairs requests and replies", static view => view.TransactionId).Also("dhcp.id"),
        Field.Flag<DhcpView>("response", "sent by a server", static view => view.IsReply),
        Field.Text<DhcpView>("client_mac", "hardware address of the client", static view => view.ClientMac).Also("dhcp.hw.mac_addr"),
        Field.Text<DhcpView>("client_ip", "address that the client has already", static view => view.ClientAddress).Also("dhcp.ip.client"),
        Field.Text<DhcpView>("assigned_ip", "address that the client gets", static view => view.AssignedAddress).Also("dhcp.ip.your"),
        Field.Text<DhcpView>("requested_ip", "address that the client asks for", static view => view.Address(50)).Also("dhcp.option.requested_ip_address"),
        Field.Text<DhcpView>("server_id", "the server that the message is from or for", static view => view.Address(54)).Also("dhcp.option.dhcp_server_id"),
        Field.Text<DhcpView>("relay_ip", "relay agent", static view => view.RelayAgent).Also("dhcp.ip.relay"),
        Field.Text<DhcpView>("next_server", "server of the next step of booting", static view => view.NextServer).Also("dhcp.ip.server"),
        Field.Text<DhcpView>("host_name", "name that the client gives itself", static view => view.Text(12)).Also("dhcp.option.hostname"),
        Field.Text<DhcpView>("fqdn", "full name that the client wants in DNS", static view => view.DomainName).Also("dhcp.fqdn.name"),
        Field.Text<DhcpView>("client_id", "client identifier in hex, its type first", static view => view.Hex(61)),
        Field.Text<DhcpView>("vendor_class", "kind of the client's software", static view => view.Text(60)).Also("dhcp.option.vendor_class_id"),
        Field.Integers<DhcpView>("parameters", "options that the client asks for, in order", static view => view.Numbers(55)).Also("dhcp.option.request_list_item"),
        Field.Integer<DhcpView>("lease_s", "seconds that the address is valid", static view => view.Number(51)).Also("dhcp.option.ip_address_lease_time"),
        Field.Text<DhcpView>("subnet_mask", "mask of the network", static view => view.Address(1)).Also("dhcp.option.subnet_mask"),
        Field.Texts<DhcpView>("routers", "gateways", static view => view.Addresses(3)).Also("dhcp.option.router"),
        Field.Texts<DhcpView>("dns_servers", "name servers", static view => view.Addresses(6)).Also("dhcp.option.domain_name_server"),
        Field.Text<DhcpView>("domain", "domain of the network", static view => view.Text(15)).Also("dhcp.option.domain_name"),
        Field.Text<DhcpView>("message", "words of the server, as in a refusal", static view => view.Text(56)));
}
