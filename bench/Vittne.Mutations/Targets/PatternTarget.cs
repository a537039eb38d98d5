using System.Text;
using Vittne.Protocols.Patterns;

namespace Vittne.Mutations.Targets;

/// <summary>Regular expressions of lists: those before an empty line are compiled, what stands behind it is searched.</summary>
internal sealed class PatternTarget() : FuzzTarget("patterns")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() =>
    [
        "(?i)sqlmap/\\d+\n[a-z]{3,5}bot(?:x|y)*\n\nMozilla sqlmap/12 abcdbotxyx"u8.ToArray(),
        "^(a|ab)(c|bcd)(d*)$\n(a*)*b\n\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"u8.ToArray(),
        ".{0,40}x[^\\x00-\\x1f]+?\\b\n\\.(?:exe|dll)\\Z\n\nfile.exe"u8.ToArray(),
        "(?P<n>a)(?=b)\n\\1\n[\\w.-]+@[\\w]+\n\na@b"u8.ToArray(),
    ];

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        int end = input.AsSpan().IndexOf("\n\n"u8);
        string[] patterns = Encoding.UTF8.GetString(end < 0 ? input : input[..end]).Split('\n');
        byte[] text = end < 0 ? input : input[(end + 2)..];
        var set = PatternSet.Compile(patterns, ignoreCase: input.Length % 2 == 0, out IReadOnlyList<PatternError> errors);
        foreach (PatternError error in errors)
        {
            seen.Note("error", (long)error.Kind << 33);
        }

        if (set.TryFind(text, out int pattern, out int start, out int length))
        {
            if (start < 0 || length < 0 || start + length > text.Length || pattern < 0 || pattern >= patterns.Length)
            {
                throw new FuzzFailureException($"match {start}+{length} of pattern {pattern} lies outside {text.Length} bytes");
            }

            seen.Note("match", length);
            seen.Note("start", start);
        }

        seen.Note("states", set.StateCount);
    }
}
