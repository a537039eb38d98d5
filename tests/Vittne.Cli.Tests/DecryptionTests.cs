using System.Buffers.Binary;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>TLS with recorded secrets: every cipher that is opened, with a key log beside the capture and within it.</summary>
public sealed class DecryptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Visits => Samples.Path("tls/visits.pcap");

    private static string KeyLog => Samples.Path("tls/visits.keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Visits_are_told_with_the_key_log_as_without_encryption()
    {
        (int status, string text, _) = await Run("decode", "-d", "tls,http,anomaly", "--keylog", KeyLog, Visits);

        Assert.Equal(0, status);
        Golden.Verify(text, "decode-keylog.txt");
    }

    [Fact]
    public async Task Certificates_are_told_that_travel_encrypted()
    {
        (_, string closed, _) = await Run("decode", "-d", "x509", "-e", "subject_cn", Visits);
        (_, string opened, _) = await Run("decode", "-d", "x509", "-e", "subject_cn", "--keylog", KeyLog, Visits);

        // Five of the thirteen connections are TLS 1.3.
        Assert.Equal((8, 13), (closed.Count(static c => c == '\n'), opened.Count(static c => c == '\n')));
    }

    [Fact]
    public async Task Secrets_behind_the_traffic_of_a_capture_open_it()
    {
        (_, string expected, _) = await Run("decode", "-d", "http,tls,x509", "--format", "text", "--keylog", KeyLog, Visits);
        string capture = await Capture(secretsFirst: false);

        (_, string one, _) = await Run("decode", "-d", "http,tls,x509", "--format", "text", capture);
        (_, string many, _) = await Run("decode", "-d", "http,tls,x509", "--format", "text", "--workers", "4", capture);

        Assert.Contains("/?suite=1303 200", one, StringComparison.Ordinal);
        Assert.Equal((expected, expected), (one, many));
    }

    [Fact]
    public async Task Secrets_before_the_traffic_open_a_capture_that_can_be_read_once_only()
    {
        (_, string expected, _) = await Run("decode", "-d", "http", "--format", "text", "--keylog", KeyLog, Visits);
        string capture = await Capture(secretsFirst: true);
        string packed = Path.Combine(_folder, "packed.pcapng.gz");
        await using (var gzip = new System.IO.Compression.GZipStream(File.Create(packed), System.IO.Compression.CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(await File.ReadAllBytesAsync(capture, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }

        (_, string one, _) = await Run("decode", "-d", "http", "--format", "text", packed);
        (_, string many, _) = await Run("decode", "-d", "http", "--format", "text", "--workers", "3", packed);

        Assert.Equal((expected, expected), (one, many));
    }

    [Theory]
    [InlineData("nowhere.keys", null, "cannot be read")]
    [InlineData("empty.keys", "# nothing\n", "has no secret in it")]
    public async Task Key_log_of_no_use_is_a_wrong_command_line(string name, string? content, string words)
    {
        string path = Path.Combine(_folder, name);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        (int status, string text, string error) = await Run("decode", "-d", "tls", "--keylog", path, Visits);

        Assert.Equal((2, ""), (status, text));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    /// <summary>The sample as pcapng with its key log in a block of its own.</summary>
    private async Task<string> Capture(bool secretsFirst)
    {
        byte[] pcap = await File.ReadAllBytesAsync(Visits, TestContext.Current.CancellationToken);
        byte[] keys = await File.ReadAllBytesAsync(KeyLog, TestContext.Current.CancellationToken);
        PcapngBuilder builder = new PcapngBuilder().AddSection().AddInterface();
        if (secretsFirst)
        {
            builder.AddSecrets(0x544C534B, keys);
        }

        for (int at = 24; at < pcap.Length;)
        {
            ReadOnlySpan<byte> header = pcap.AsSpan(at, 16);
            ulong seconds = BinaryPrimitives.ReadUInt32LittleEndian(header);
            int length = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            builder.AddPacket((seconds * 1_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]), pcap.AsSpan(at + 16, length));
            at += 16 + length;
        }

        if (!secretsFirst)
        {
            builder.AddSecrets(0x544C534B, keys);
        }

        string path = Path.Combine(_folder, "visits.pcapng");
        await File.WriteAllBytesAsync(path, builder.ToArray(), TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
