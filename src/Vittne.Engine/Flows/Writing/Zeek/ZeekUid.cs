using Vittne.Engine.Output;

namespace Vittne.Engine.Flows.Writing.Zeek;

/// <summary>Names of connections in the shape that Zeek gives them: <c>C</c> and 17 letters and digits. The same flow id gives the same name, different ids different ones.</summary>
internal static class ZeekUid
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // 62^11 exceeds 2^64: eleven digits hold the whole id, so that names differ; the other six only fill the shape.
    private const int IdDigits = 11;
    private const int FillDigits = 6;

    /// <summary>Appends the name of a flow.</summary>
    public static void Write(ByteBuffer output, long flowId)
    {
        ulong id = Mix((ulong)flowId);
        Span<byte> text = output.Reserve(1 + IdDigits + FillDigits);
        text[0] = (byte)'C';
        Put(text.Slice(1, IdDigits), id);
        Put(text.Slice(1 + IdDigits, FillDigits), Mix(~id));
        output.Advance(1 + IdDigits + FillDigits);
    }

    private static void Put(Span<byte> text, ulong value)
    {
        for (int i = 0; i < text.Length; i++)
        {
            (value, ulong digit) = Math.DivRem(value, (ulong)Digits.Length);
            text[i] = (byte)Digits[(int)digit];
        }
    }

    // The finaliser of SplitMix64: one to one on 64 bits, so that small ids do not look alike.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
