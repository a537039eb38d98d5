using System.Globalization;
using System.Text;
using CsCheck;
using Vittne.TestKit;
using Vittne.Trails.Text;

namespace Vittne.Trails.Tests.Text;

public sealed class TextTests
{
    private const string Absent = "the shared vector files are not here; set VITTNE_SHARED";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a%20b", "a b")]
    [InlineData("100%", "100%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("a%%20b", "a% b")]
    [InlineData("%2541", "%41")]
    [InlineData("%C3%A9a+b", "éa+b")]
    public void Percent_escapes_become_bytes_and_the_rest_stays(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(PercentDecoding.Decode(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Fully_escaped_bytes_come_back_whole() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            StringBuilder escaped = new();
            foreach (byte value in bytes)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{value:x2}");
            }

            return PercentDecoding.Decode(Encoding.ASCII.GetBytes(escaped.ToString())).AsSpan().SequenceEqual(bytes);
        });

    [Fact]
    public void Percent_decoding_agrees_with_its_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("unquote.tsv", 2);
        Assert.SkipWhen(rows is null, Absent);
        foreach (string[] row in rows)
        {
            Assert.Equal(row[1], Encoding.UTF8.GetString(PercentDecoding.Decode(Encoding.UTF8.GetBytes(row[0]))));
        }
    }

    [Fact]
    public void Entropy_is_zero_for_one_value_and_eight_for_all()
    {
        byte[] all = new byte[256];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (byte)i;
        }

        Assert.Equal(0, ShannonEntropy.OfBits([]));
        Assert.Equal("0", ShannonEntropy.OfBits("aaaa"u8).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, ShannonEntropy.OfBits("abab"u8), 10);
        Assert.Equal(8, ShannonEntropy.OfBits(all), 10);
    }

    [Fact]
    public void Entropy_agrees_with_its_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("entropy.tsv", 3);
        Assert.SkipWhen(rows is null, Absent);
        foreach (string[] row in rows)
        {
            double expected = double.Parse(row[1], CultureInfo.InvariantCulture);
            Assert.Equal(expected, ShannonEntropy.OfBits(Encoding.UTF8.GetBytes(row[0])), 9);
        }
    }

    [Theory]
    [InlineData("evil.test", true)]
    [InlineData("a_b.c-d.test", true)]
    [InlineData(".test", true)]
    [InlineData("a.b_c", false)]
    [InlineData("a b.test", false)]
    [InlineData("é.test", false)]
    [InlineData("name", false)]
    [InlineData("name.", false)]
    [InlineData("", false)]
    public void Names_are_examinable_by_their_shape(string name, bool expected) =>
        Assert.Equal(expected, DnsNameRules.IsExaminable(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Name_shapes_agree_with_their_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("valid_dns_name.tsv", 2);
        Assert.SkipWhen(rows is null, Absent);
        foreach (string[] row in rows)
        {
            Assert.Equal((row[0], row[1] == "1"), (row[0], DnsNameRules.IsExaminable(Encoding.UTF8.GetBytes(row[0]))));
        }
    }

    [Theory]
    [InlineData("printer.local", true)]
    [InlineData("PRINTER.LAN", true)]
    [InlineData("1.0.0.127.in-addr.arpa", true)]
    [InlineData("a.Intranet.example.net", true)]
    [InlineData("intranet.example.net", false)]
    [InlineData("local.example.net", false)]
    [InlineData("mylocal", false)]
    [InlineData("", false)]
    public void Local_names_are_known_by_last_label_or_intranet_inside(string name, bool expected) =>
        Assert.Equal(expected, DnsNameRules.IsLocal(Encoding.UTF8.GetBytes(name)));

    [Theory]
    [InlineData("setup.exe", ".exe")]
    [InlineData("archive.tar.gz", ".gz")]
    [InlineData(".bashrc", "")]
    [InlineData("..x", "")]
    [InlineData("...", "")]
    [InlineData("a.b.", ".")]
    [InlineData("x.", ".")]
    [InlineData("/a.b/c", "")]
    [InlineData("/a.b/c.d", ".d")]
    [InlineData("", "")]
    public void Extension_begins_at_the_last_dot_of_the_last_segment(string path, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(FileExtension.Of(Encoding.ASCII.GetBytes(path))));

    [Fact]
    public void Extensions_agree_with_their_vectors()
    {
        List<string[]>? rows = SharedVectors.Rows("splitext.tsv", 3);
        Assert.SkipWhen(rows is null, Absent);
        foreach (string[] row in rows)
        {
            Assert.Equal((row[0], row[2]), (row[0], Encoding.UTF8.GetString(FileExtension.Of(Encoding.UTF8.GetBytes(row[0])))));
        }
    }
}
