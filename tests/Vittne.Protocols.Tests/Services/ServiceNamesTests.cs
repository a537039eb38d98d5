using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Services;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Services;

public sealed class ServiceNamesTests
{
    [Theory]
    [InlineData("ldap", "300c020101600702010304008000", 50_000, 389)]
    [InlineData("krb", "0000000e6a0c300aa103020105a2030201", 50_000, 88)]
    [InlineData("modbus", "00010000000601030000000a", 50_000, 502)]
    [InlineData("smb", "00000020fe534d4240000000", 50_000, 445)]
    [InlineData("rdp", "030000130ee00000000000000100080003000000", 50_000, 3389)]
    [InlineData("postgresql", "0000000804d2162f", 50_000, 5432)]
    [InlineData("mqtt", "101000044d5154540402003c000474657374", 50_000, 1883)]
    [InlineData("bgp", "ffffffffffffffffffffffffffffffff001304", 50_000, 179)]
    [InlineData("telnet", "fffd18fffd20", 23, 50_000)]
    [InlineData("socks", "050100", 50_000, 1080)]
    [InlineData("dnp3", "05640505c90100e6a8ff", 50_000, 20_000)]
    [InlineData("dce_rpc", "05000b03100000004800000001000000", 50_000, 135)]
    public void Streams_are_named_by_their_first_bytes(string name, string hex, int source, int destination)
    {
        Recognition verdict = ServiceNames.OfStream(Convert.FromHexString(hex), (ushort)source, (ushort)destination, out byte number);

        Assert.Equal((Recognition.Yes, name), (verdict, ServiceNames.Of(number)));
    }

    [Theory]
    [InlineData("redis", "*1\r\n$4\r\nPING\r\n")]
    [InlineData("redis", "+PONG\r\n")]
    [InlineData("vnc", "RFB 003.008\n")]
    [InlineData("bittorrent", "\u0013BitTorrent protocol")]
    [InlineData("rtsp", "DESCRIBE rtsp://192.0.2.1/a RTSP/1.0\r\nCSeq: 1\r\n\r\n")]
    [InlineData("sip", "REGISTER sip:example.com SIP/2.0\r\n\r\n")]
    [InlineData("xmpp", "<?xml version='1.0'?><stream:stream xmlns='jabber:client'>")]
    [InlineData("http", "GET / HTTP/1.1\r\n\r\n")]
    public void Streams_of_text_are_named(string name, string text)
    {
        ServiceNames.OfStream(Encoding.Latin1.GetBytes(text), 50_000, 50_001, out byte number);

        Assert.Equal(name, ServiceNames.Of(number));
    }

    [Theory]
    [InlineData("stun", "000100002112a442000000000000000000000000", 50_000, 3478)]
    [InlineData("ntp", "23000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", 123, 123)]
    [InlineData("snmp", "3026020100040670 75626c6963a019020101020100020100300e300c06082b060102010101000500", 50_000, 161)]
    [InlineData("syslog", "3c33343e4f637420313120", 50_000, 514)]
    [InlineData("radius", "01010014000000000000000000000000 00000000", 50_000, 1812)]
    [InlineData("vxlan", "0800000000000100ffffffffffff0200000000010806", 50_000, 4789)]
    public void Datagrams_are_named(string name, string hex, int source, int destination)
    {
        byte number = ServiceNames.OfDatagram(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), (ushort)source, (ushort)destination);

        Assert.Equal(name, ServiceNames.Of(number));
    }

    [Theory]
    [InlineData("227 Entering Passive Mode (192,0,2,9,4,1).\r\n", "192.0.2.9", 1025)]
    [InlineData("PORT 192,0,2,9,4,1\r\n", "192.0.2.9", 1025)]
    [InlineData("229 Entering Extended Passive Mode (|||6446|)\r\n", "198.51.100.1", 6446)]
    [InlineData("EPRT |2|2001:db8::9|5282|\r\n", "2001:db8::9", 5282)]
    public void Data_connections_of_FTP_are_announced(string text, string address, int port)
    {
        Assert.True(AnnouncedChannels.TryFtp(Encoding.ASCII.GetBytes(text), Frames.Address("198.51.100.1"), out IpAddress told, out ushort toldPort));
        Assert.Equal((address, port), (told.ToString(), toldPort));
    }

    [Theory]
    [InlineData("PRIVMSG you :\u0001DCC SEND file.bin 3221226249 5000 123\u0001\r\n")]
    [InlineData("PRIVMSG you :\u0001DCC SEND \"a file\" 3221226249 5000 123\u0001\r\n")]
    public void File_transfers_of_IRC_are_announced(string text)
    {
        Assert.True(AnnouncedChannels.TryIrc(Encoding.Latin1.GetBytes(text), out IpAddress address, out ushort port));
        Assert.Equal(("192.0.3.9", 5000), (address.ToString(), port));
    }

    [Theory]
    [InlineData("227 Entering Passive Mode (192,0,2,9,4)")]
    [InlineData("229 Entering (|||0|)")]
    [InlineData("PORT 1,2,3,4,5,600")]
    [InlineData("EPRT |1|")]
    [InlineData("227 ")]
    public void Broken_announcements_announce_nothing(string text) =>
        Assert.False(AnnouncedChannels.TryFtp(Encoding.ASCII.GetBytes(text), Frames.Address("198.51.100.1"), out _, out _));

    [Fact]
    public void No_bytes_make_it_fail() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.UShort, Gen.UShort).Sample((data, source, destination) =>
        {
            ServiceNames.OfStream(data, source, destination, out _);
            ServiceNames.OfDatagram(data, source, destination);
            DatagramRoles.Of(data, source, destination);
            AnnouncedChannels.TryFtp([.. "227 "u8, .. data], default, out _, out _);
            AnnouncedChannels.TryFtp([.. "EPRT |"u8, .. data], default, out _, out _);
            AnnouncedChannels.TryIrc([.. "DCC SEND "u8, .. data], out _, out _);
        });
}
