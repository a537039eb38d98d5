using System.Text;

namespace Vittne.Cli.Rendering;

/// <summary>
/// Where results go as bytes: standard output itself, or a text writer when a test looks. Results never pass through the console's own
/// writer, which flushes each line.
/// </summary>
internal sealed class TextWriterStream(TextWriter writer) : Stream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The stream of results behind a writer.</summary>
    public static Stream Of(TextWriter output) => ReferenceEquals(output, Console.Out) ? Console.OpenStandardOutput() : new TextWriterStream(output);

    public override void Flush() => writer.Flush();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        char[] chars = new char[_decoder.GetCharCount(buffer, flush: false)];
        writer.Write(chars, 0, _decoder.GetChars(buffer, chars, flush: false));
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
