using System.Buffers.Text;
using System.Text;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.CommandLines;

/// <summary>
/// The lines of an authentication (RFC 4422) as they were sent: with SASL mechanisms base64, with APOP (RFC 1939 section 7) the stamp of
/// the greeting as it was.
/// </summary>
public sealed class SaslExchange
{
    // Kerberos and NTLM need three turns, SCRAM two; what goes on longer is no log-in.
    private const int MaxLines = 16;

    private readonly List<byte[]> _responses = [];
    private readonly List<byte[]> _challenges = [];

    internal SaslExchange(string mechanism, bool isEncoded)
    {
        Mechanism = mechanism;
        IsEncoded = isEncoded;
    }

    /// <summary>Name of the mechanism in upper case: <c>PLAIN</c>, <c>LOGIN</c>, <c>CRAM-MD5</c>, <c>APOP</c>, …</summary>
    public string Mechanism { get; }

    /// <summary>True when the lines are base64.</summary>
    public bool IsEncoded { get; }

    /// <summary>Lines of the client in order, the initial response first.</summary>
    public IReadOnlyList<byte[]> Responses => _responses;

    /// <summary>Lines of the server in order, without what marks them as challenges.</summary>
    public IReadOnlyList<byte[]> Challenges => _challenges;

    /// <summary>The responses decoded, as text.</summary>
    public IReadOnlyList<string> ResponseTexts => Texts(_responses);

    /// <summary>The challenges decoded, as text.</summary>
    public IReadOnlyList<string> ChallengeTexts => Texts(_challenges);

    /// <summary>Decodes one line; as it is when it is no base64.</summary>
    public byte[] Decode(ReadOnlySpan<byte> line)
    {
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Length)];
        return IsEncoded && Base64.DecodeFromUtf8(line, decoded, out _, out int length) == System.Buffers.OperationStatus.Done
            ? decoded[..length]
            : line.ToArray();
    }

    internal void AddResponse(ReadOnlySpan<byte> line) => Add(_responses, line);

    internal void AddChallenge(ReadOnlySpan<byte> line) => Add(_challenges, line);

    private static void Add(List<byte[]> lines, ReadOnlySpan<byte> line)
    {
        if (lines.Count < MaxLines)
        {
            lines.Add(line[..Math.Min(line.Length, CommandRecord.MaxKeptLength)].ToArray());
        }
    }

    private List<string> Texts(List<byte[]> lines)
    {
        var texts = new List<string>(lines.Count);
        foreach (byte[] line in lines)
        {
            texts.Add(WireText.Of(Decode(line)));
        }

        return texts;
    }

    /// <summary>Mechanism and responses, for people.</summary>
    public override string ToString() => new StringBuilder(Mechanism).Append(' ').AppendJoin(' ', ResponseTexts).ToString();
}
