using System.Text;
using Vittne.Protocols.Dns;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Dns;

/// <summary>Parts of DNS messages for <see cref="Bytes"/>.</summary>
internal static class DnsBytes
{
    public static Bytes Header(int id, int flags, int questions = 0, int answers = 0, int authorities = 0, int additionals = 0) =>
        new Bytes().U16(id).U16(flags).U16(questions).U16(answers).U16(authorities).U16(additionals);

    public static Bytes Name(this Bytes bytes, params string[] labels)
    {
        foreach (string label in labels)
        {
            bytes.U8(label.Length).Text(label);
        }

        return bytes.U8(0);
    }

    public static Bytes Pointer(this Bytes bytes, int offset) => bytes.U16(0xC000 | offset);

    public static string Name(DnsMessage message, int offset)
    {
        byte[] name = new byte[DnsMessage.MaxNameTextLength];
        return Encoding.Latin1.GetString(name, 0, message.WriteName(offset, name));
    }
}
