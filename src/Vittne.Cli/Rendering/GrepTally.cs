using System.Text;
using Vittne.Engine.Grep;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>Only the number of hits, of each capture where there are several.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="captures">Names of the captures; null for one number.</param>
internal sealed class GrepTally(Stream output, IReadOnlyList<string>? captures) : IGrepWriter
{
    private readonly long[] _hits = new long[Math.Max(1, captures?.Count ?? 1)];

    /// <inheritdoc/>
    public void Write(in GrepHit hit) => _hits[captures is null ? 0 : hit.Capture]++;

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <summary>Tells the numbers.</summary>
    public void Tell()
    {
        var text = new ByteBuffer(output);
        for (int i = 0; i < _hits.Length; i++)
        {
            if (captures is not null)
            {
                text.Add(Encoding.UTF8.GetBytes(TerminalText.Escape(captures[i])));
                text.Add(": "u8);
            }

            text.Number(_hits[i]);
            text.Add('\n');
        }

        text.Flush();
    }
}
