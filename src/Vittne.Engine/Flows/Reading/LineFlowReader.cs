using System.Globalization;
using System.Text;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Reads forms of which a line is a record.</summary>
internal abstract class LineFlowReader(FlowMapping mapping) : IFlowReader
{
    private const int CancellationLines = 1_024;

    private char[] _characters = new char[4_096];

    /// <summary>How columns become fields.</summary>
    protected FlowMapping Mapping { get; } = mapping;

    /// <summary>What was wrong with the line that was read last.</summary>
    protected string Problem { get; set; } = "";

    /// <inheritdoc/>
    public void Read(Stream stream, Action<FlowRecord> told, FlowReadSummary summary, CancellationToken cancellation)
    {
        var lines = new LineSource(stream);
        var draft = new FlowDraft();
        while (lines.TryRead(out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            if (lines.Number % CancellationLines == 0 && cancellation.IsCancellationRequested)
            {
                return;
            }

            if (line.IsEmpty && !isTooLong)
            {
                continue;
            }

            draft.Begin();
            Problem = isTooLong ? "is longer than 1 MiB" : "is no record of this form";
            switch (isTooLong ? FlowLine.Broken : Take(line, draft))
            {
                case FlowLine.Record:
                    summary.Records++;
                    told(draft.Record);
                    break;
                case FlowLine.Broken:
                    summary.Add(string.Create(CultureInfo.InvariantCulture, $"line {lines.Number}"), Problem);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Reads one line.</summary>
    protected abstract FlowLine Take(ReadOnlySpan<byte> line, FlowDraft draft);

    /// <summary>The characters of a line; valid until the next call. What is no UTF-8 becomes U+FFFD.</summary>
    protected ReadOnlySpan<char> Characters(ReadOnlySpan<byte> line)
    {
        if (_characters.Length < line.Length)
        {
            _characters = new char[line.Length * 2];
        }

        return _characters.AsSpan(0, Encoding.UTF8.GetChars(line, _characters));
    }

    /// <summary>Gives a cell to its column. False when it is no value of it.</summary>
    protected bool Set(FlowCellSetter setter, ReadOnlySpan<char> name, ReadOnlySpan<char> cell, FlowDraft draft)
    {
        if (Mapping.IsUnset(cell) || setter(draft, cell))
        {
            return true;
        }

        Problem = $"{Shown(name)} is no '{Shown(cell)}'";
        return false;
    }

    private static string Shown(ReadOnlySpan<char> text)
    {
        const int MaxShown = 40;
        var shown = new StringBuilder();
        foreach (char c in text[..Math.Min(text.Length, MaxShown)])
        {
            shown.Append(char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Surrogate ? '?' : c);
        }

        return shown.Append(text.Length > MaxShown ? "…" : "").ToString();
    }
}
