namespace Vittne.Capture.Filters.Bpf;

/// <summary>Codes of classic BPF, as linux/filter.h has them.</summary>
internal static class BpfCode
{
    public const ushort LoadWord = 0x20;
    public const ushort LoadHalf = 0x28;
    public const ushort LoadByte = 0x30;
    public const ushort LoadWordFromX = 0x40;
    public const ushort LoadHalfFromX = 0x48;
    public const ushort LoadByteFromX = 0x50;
    public const ushort LoadLength = 0x80;
    public const ushort LoadConstant = 0x00;
    public const ushort LoadMemory = 0x60;
    public const ushort LoadXConstant = 0x01;
    public const ushort LoadXMemory = 0x61;
    public const ushort LoadXHeaderLength = 0xb1;
    public const ushort Store = 0x02;
    public const ushort StoreX = 0x03;
    public const ushort Arithmetic = 0x04;
    public const ushort WithX = 0x08;
    public const ushort Negate = 0x84;
    public const ushort Jump = 0x05;
    public const ushort JumpEqual = 0x15;
    public const ushort JumpGreater = 0x25;
    public const ushort JumpGreaterOrEqual = 0x35;
    public const ushort JumpAnyBit = 0x45;
    public const ushort ReturnConstant = 0x06;
    public const ushort CopyToX = 0x07;
    public const ushort CopyFromX = 0x87;

    /// <summary>Where Linux keeps what is beside a packet (SKF_AD_OFF).</summary>
    public const uint Beside = 0xfffff000;

    /// <summary>The tag control information that was taken out.</summary>
    public const uint BesideVlanTag = Beside + 44;

    /// <summary>1 when a VLAN tag was taken out.</summary>
    public const uint BesideVlanPresent = Beside + 48;

    /// <summary>The protocol identifier of that tag.</summary>
    public const uint BesideVlanProtocol = Beside + 60;
}
