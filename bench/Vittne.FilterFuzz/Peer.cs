using System.Buffers.Binary;
using System.Diagnostics;

namespace Vittne.FilterFuzz;

/// <summary>tcpdump without its optimiser, asked about a capture whose packets are told apart by their second.</summary>
internal static class Peer
{
    /// <summary>The packets that match, by number from 0; null when it refuses the expression.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="words">What it says.</param>
    /// <param name="isOptimised">With the optimiser, which refuses more: divisions by constants that turn out to be zero.</param>
    public static HashSet<int>? Matches(string capture, string expression, out string words, bool isOptimised = false)
    {
        var start = new ProcessStartInfo("tcpdump") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (ReadOnlySpan<string>)[.. isOptimised ? (string[])[] : ["-O"], "-r", capture, "-w", "-", "--", expression])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        words = errors.Result.Trim();
        if (process.ExitCode != 0)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = output.ToArray();
        var found = new HashSet<int>();
        for (int at = 24; at + 16 <= bytes.Length; at += 16 + (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..]))
        {
            found.Add((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
        }

        return found;
    }
}
