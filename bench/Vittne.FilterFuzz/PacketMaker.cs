using System.Buffers.Binary;

namespace Vittne.FilterFuzz;

/// <summary>Random packets of a link type, whose fields have values that the expressions ask for; many are cut short.</summary>
internal sealed class PacketMaker(Random random, int linkType)
{
    private static readonly ushort[] Ports = [53, 80, 443, 22, 25, 123, 137, 6081, 5353, 0, 65_535];
    private static readonly uint[] Addresses =
        [0x0a000001, 0x0a000002, 0x7f000001, 0xc0a80101, 0xc0a80001, 0x08080808, 0xffffffff, 0xe00000fb, 0, 0xac100001];

    private static readonly string[] Addresses6 = ["::1", "fe80::1", "ff02::fb", "2001:db8::1", "2001:db8::2"];
    private static readonly byte[] Protocols = [6, 6, 6, 17, 17, 17, 1, 2, 132, 47, 50, 51, 58, 4, 41, 103, 112];
    private static readonly byte[] Protocols6 = [6, 6, 17, 17, 58, 132, 44, 0, 60, 43, 51, 59];

    private readonly List<byte> _bytes = [];

    /// <summary>One packet.</summary>
    /// <param name="originalLength">Its length on the wire.</param>
    public byte[] Make(out int originalLength)
    {
        _bytes.Clear();
        Link();
        int padding = random.Next(4) == 0 ? random.Next(40) : 0;
        for (int i = 0; i < padding; i++)
        {
            U8(random.Next(256));
        }

        originalLength = _bytes.Count;
        int kept = random.Next(4) == 0 ? random.Next(1, Math.Max(2, _bytes.Count + 1)) : _bytes.Count;
        return [.. _bytes[..Math.Min(kept, _bytes.Count)]];
    }

    private void Link()
    {
        switch (linkType)
        {
            case 1 or 240:
                Random(linkType == 240 ? 4 : 0);
                Mac();
                Mac();
                EtherType(0);
                break;
            case 6 or 10:
                Random(linkType == 6 ? 2 : 1);
                Mac();
                Mac();
                Llc();
                break;
            case 122:
                Random(2);
                Mac();
                Random(2);
                Mac();
                Llc();
                break;
            case 100 or 106:
                Llc();
                break;
            case 123:
                U8(random.Next(3));
                U8(random.Next(2));
                U16(random.Next(8));
                if (_bytes[0] == 1)
                {
                    U16(random.Next(4) == 0 ? 0xff00 : 1);
                    Mac();
                    Mac();
                    EtherType(0);
                }
                else
                {
                    Llc();
                }

                break;
            case 105 or 119 or 127 or 163 or 192:
                Wireless();
                break;
            case 9 or 50 or 166:
                U16(0xff03);
                Ppp();
                break;
            case 51:
                Random(6);
                Ppp();
                break;
            case 104:
                U16(0x0f00);
                EtherType(2);
                break;
            case 0:
                Family([2, 2, 24, 28, 30, 7], isBigEndian: false);
                break;
            case 108:
                Family([2, 2, 24, 28, 30, 7], isBigEndian: true);
                break;
            case 113:
                U16(random.Next(5));
                Random(12);
                EtherType(2);
                break;
            case 276:
                int type = random.Next(4);
                int before = _bytes.Count;
                EtherType(2);
                _bytes.InsertRange(before + 2, new byte[18]);
                _bytes[before + 10] = (byte)(random.Next(3) == 0 ? 4 : type);
                break;
            case 107:
                U16(0x1841);
                U8(3);
                if (random.Next(2) == 0)
                {
                    U8(0xcc);
                    Ip();
                }
                else
                {
                    U8(One([(byte)0x8e, 0x81, 0x82, 0x83]));
                    Ip6();
                }

                break;
            case 117:
                U8(61);
                U8(One([(byte)2, 10, 3]));
                Random(2);
                _bytes.AddRange("en0\0"u8);
                Random(28);
                _bytes.AddRange([0, 0, 0, (byte)random.Next(3)]);
                Random(20);
                U8(random.Next(3));
                Random(3);
                Ip();
                break;
            case 139 or 140:
                Random(linkType == 139 ? 24 : 20);
                break;
            default:
                if (random.Next(3) == 0)
                {
                    Ip6();
                }
                else
                {
                    Ip();
                }

                break;
        }
    }

    private void Family(ReadOnlySpan<byte> families, bool isBigEndian)
    {
        byte family = One(families);
        Span<byte> four = stackalloc byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(four, family);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, family);
        }

        _bytes.AddRange(four);
        if (family == 2)
        {
            Ip();
        }
        else
        {
            Ip6();
        }
    }

    private void EtherType(int depth)
    {
        switch (random.Next(depth > 1 ? 10 : 16))
        {
            case <= 4:
                U16(0x0800);
                Ip();
                break;
            case 5 or 6:
                U16(0x86dd);
                Ip6();
                break;
            case 7:
                U16(0x0806);
                Arp();
                break;
            case 8:
                U16(0x8035);
                Arp();
                break;
            case 9:
                U16(random.Next(3) == 0 ? 0x6003 : random.Next(20, 1500));
                LlcBody();
                break;
            case 10 or 11:
                U16(One([(ushort)0x8100, 0x88a8, 0x9100]));
                U16(random.Next(8));
                EtherType(depth + 1);
                break;
            case 12 or 13:
                U16(0x8847);
                Mpls();
                break;
            default:
                U16(0x8864);
                Random(6);
                Ppp();
                break;
        }
    }

    private void Mpls()
    {
        int labels = random.Next(1, 3);
        for (int i = 1; i <= labels; i++)
        {
            U16(1);
            U8(i == labels ? 1 : 0);
            U8(64);
        }

        if (random.Next(3) == 0)
        {
            Ip6();
        }
        else
        {
            Ip();
        }
    }

    private void Ppp()
    {
        switch (random.Next(5))
        {
            case 0:
                U16(0x57);
                Ip6();
                break;
            case 1:
                U16(0x281);
                Mpls();
                break;
            case 2:
                U16(One([(ushort)0xc021, 0x23, 0x31, 0x29]));
                Random(20);
                break;
            default:
                U16(0x21);
                Ip();
                break;
        }
    }

    private void Llc()
    {
        if (random.Next(4) == 0)
        {
            LlcBody();
            return;
        }

        _bytes.AddRange([0xaa, 0xaa, 3, 0, 0, 0]);
        EtherType(2);
    }

    private void LlcBody()
    {
        byte sap = One<byte>([0xfe, 0x42, 0xf0, 0xe0, 0x06, 0xaa, 0xff]);
        U8(sap);
        U8(sap);
        U8(One([(byte)3, 1, 5, 0x63, 0]));
        U8(One([(byte)0x83, 0x81]));
        Random(3);
        U8(One([(byte)18, 15, 20, 24]));
        Random(20);
    }

    private void Wireless()
    {
        switch (linkType)
        {
            case 119:
                Random(144);
                _bytes[0] = 0;
                break;
            case 163:
                _bytes.AddRange([0x80, 0x21, 0x10, 1, 0, 0, 0, 64]);
                Random(56);
                break;
            case 127:
                bool hasTime = random.Next(2) == 0;
                _bytes.AddRange([0, 0, 20, 0, (byte)((hasTime ? 1 : 0) | (random.Next(2) * 2)), 0, 0, (byte)(random.Next(8) == 0 ? 0x80 : 0)]);
                Random(12);
                break;
            case 192:
                _bytes.AddRange([0, 0, 8, 0, (byte)(random.Next(6) == 0 ? 1 : 105), 0, 0, 0]);
                break;
            default:
                break;
        }

        int control = One([(byte)0x80, 0x00, 0x40, 0xd4, 0xc4, 0xb4, 0xa4, 0x08, 0x08, 0x08, 0x88, 0x88, 0x48, 0x0c]);
        int flags = random.Next(4);
        U8(control);
        U8(flags);
        Random(2);
        Mac();
        Mac();
        Mac();
        Random(2);
        if ((control & 0x8c) == 0x88)
        {
            Random(2);
        }

        if ((control & 0x0c) == 0x08)
        {
            Llc();
        }
        else
        {
            Random(20);
        }
    }

    private void Arp()
    {
        U16(1);
        U16(0x0800);
        U16(0x0604);
        U16(random.Next(1, 4));
        Mac();
        U32(One(Addresses));
        Mac();
        U32(One(Addresses));
    }

    private void Ip(int depth = 0)
    {
        int options = random.Next(4) == 0 ? random.Next(1, 11) : 0;
        byte protocol = One(Protocols);
        int start = _bytes.Count;
        U8(0x45 + options);
        U8(random.Next(4) == 0 ? 0 : random.Next(256));
        U16(random.Next(20, 1500));
        U16(random.Next(65_536));
        U16(random.Next(5) switch { 0 => 0x2000, 1 => random.Next(1, 0x2000), 2 => 0x4000, _ => 0 });
        U8(One([(byte)64, 128, 1, 255, 63]));
        U8(protocol);
        U16(random.Next(65_536));
        U32(One(Addresses));
        U32(One(Addresses));
        Random(options * 4);
        if (random.Next(16) == 0)
        {
            _bytes[start] = (byte)(0x40 + random.Next(16));
        }

        Payload(protocol, depth);
    }

    private void Ip6(int depth = 0)
    {
        byte next = One(Protocols6);
        U32(0x60000000);
        U16(random.Next(1500));
        U8(next);
        U8(64);
        _bytes.AddRange(System.Net.IPAddress.Parse(One(Addresses6)).GetAddressBytes());
        _bytes.AddRange(System.Net.IPAddress.Parse(One(Addresses6)).GetAddressBytes());
        for (int i = 0; i < 4 && next is 0 or 43 or 44 or 60 or 51; i++)
        {
            byte after = One(Protocols6);
            int words = next == 44 ? 0 : random.Next(2);
            U8(after);
            U8(words);
            Random((next == 51 ? (words + 2) * 4 : (words + 1) * 8) - 2);
            next = after;
        }

        Payload(next, depth);
    }

    private void Payload(byte protocol, int depth)
    {
        switch (protocol)
        {
            case 6:
                U16(One(Ports));
                U16(One(Ports));
                U32((uint)random.Next(3));
                U32((uint)random.Next(3));
                U8(0x50);
                U8(random.Next(64));
                Random(6);
                Random(random.Next(20));
                break;
            case 17 when depth == 0 && random.Next(3) == 0:
                U16(One(Ports));
                U16(6081);
                Random(4);
                int options = random.Next(2);
                U8(options);
                U8(0);
                bool isEthernet = random.Next(3) > 0;
                U16(isEthernet ? 0x6558 : 0x0800);
                U32((uint)random.Next(3) << 8);
                Random(options * 4);
                if (isEthernet)
                {
                    Mac();
                    Mac();
                    U16(0x0800);
                }

                Ip(depth + 1);
                break;
            case 17 or 132:
                U16(One(Ports));
                U16(One(Ports));
                Random(random.Next(4, 24));
                break;
            case 1 or 58 or 2:
                U8(One([(byte)0, 8, 3, 11, 128, 135]));
                U8(random.Next(3));
                Random(random.Next(2, 20));
                break;
            default:
                Random(random.Next(40));
                break;
        }
    }

    private void Mac() => _bytes.AddRange(random.Next(4) switch
    {
        0 => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        1 => [1, 0, 0x5e, 0, 0, 0xfb],
        _ => [2, 0, 0, 0, 0, (byte)random.Next(1, 3)],
    });

    private T One<T>(ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    private void Random(int count)
    {
        for (int i = 0; i < count; i++)
        {
            U8(random.Next(4) == 0 ? random.Next(256) : random.Next(4));
        }
    }

    private void U8(int value) => _bytes.Add((byte)value);

    private void U16(int value)
    {
        U8(value >> 8);
        U8(value);
    }

    private void U32(uint value)
    {
        U16((int)(value >> 16));
        U16((int)value);
    }
}
