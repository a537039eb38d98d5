using System.Text;
using CsCheck;
using Vittne.Engine.Grep.Streams;

namespace Vittne.Engine.Tests.Grep;

public sealed class MimePartReaderTests
{
    private const string Mail = """
        MAIL FROM:<a@example.org>
        DATA
        Subject: x
        Content-Type: multipart/mixed;
         boundary="=_b1"

        --=_b1
        Content-Type: text/plain
        Content-Transfer-Encoding: quoted-printable

        caf=C3=A9 and a soft =
        line -- end
        -- not a boundary
        --=_b1
        content-transfer-encoding:
         BASE64

        aGVsbG8g
        d29ybGQ=

        --=_b1--
        .
        QUIT
        Content-Transfer-Encoding: base64
        this was no head
        
        aGVsbG8=
        """;

    [Fact]
    public void Parts_are_decoded_up_to_their_boundary() =>
        Assert.Equal(["café and a soft line -- end\r\n-- not a boundary\r\n", "hello world"], Parts(Wire(Mail)));

    [Fact]
    public void Segmentation_makes_no_difference()
    {
        byte[] wire = Wire(Mail);
        List<string> whole = Parts(wire);
        Gen.Int[1, 40].List[1, 200].Sample(steps => Assert.Equal(whole, Parts(wire, steps)), iter: 200);
    }

    [Fact]
    public void Any_bytes_are_read_without_harm_and_parts_stay_within_their_bound() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 200]).Sample((garbage, at) =>
    {
        byte[] wire = Wire(Mail);
        garbage.AsSpan(0, Math.Min(garbage.Length, wire.Length - at)).CopyTo(wire.AsSpan(at));
        Assert.All(Parts(wire, maxLength: 7), static part => Assert.InRange(part.Length, 1, 7));
    });

    [Theory]
    [InlineData("Content-Transfer-Encoding: base64\n\naGVs\nbG8=\ntail: x\n", "hello")]
    [InlineData("Content-Transfer-Encoding: base64\n\naGVsbG8\n.\n", "hello")]
    [InlineData("Content-Transfer-Encoding: base64\n\naGVsbG8==\naGVsbG8=\n", "hellohello")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\na=3Db=zz =\n.\n", "a=b=zz ")]
    [InlineData("Content-Transfer-Encoding: 8bit\n\naGVsbG8=\n", null)]
    [InlineData("Content-Transfer-Encoding: base64\n\n", null)]
    [InlineData("\0\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n", null)]
    public void Bodies_end_with_what_is_none_of_their_encoding(string text, string? content) =>
        Assert.Equal(content is null ? [] : [content], Parts(Encoding.Latin1.GetBytes(text)));

    private static byte[] Wire(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    private static List<string> Parts(byte[] wire, List<int>? steps = null, int maxLength = 1 << 20)
    {
        var parts = new List<string>();
        var reader = new MimePartReader(maxLength, content => parts.Add(maxLength < 100 ? Encoding.Latin1.GetString(content) : Encoding.UTF8.GetString(content)));
        int at = 0;
        for (int i = 0; at < wire.Length; i++)
        {
            int length = Math.Min(steps is null ? wire.Length : steps[i % steps.Count], wire.Length - at);
            reader.Take(wire.AsSpan(at, length));
            at += length;
        }

        reader.End();
        return parts;
    }
}
