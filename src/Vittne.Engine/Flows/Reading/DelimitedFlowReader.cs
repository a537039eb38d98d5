using System.Text;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Reads tables whose first line names the columns.</summary>
/// <param name="mapping">How columns become fields.</param>
/// <param name="delimiter">What stands between cells.</param>
/// <param name="isQuoted">True when cells may stand in quotation marks (RFC 4180).</param>
/// <param name="isTrimmed">True when blanks around cells are no part of them.</param>
/// <param name="ending">A line that begins so ends the table; null for none.</param>
internal sealed class DelimitedFlowReader(FlowMapping mapping, char delimiter, bool isQuoted, bool isTrimmed, string? ending = null) : LineFlowReader(mapping)
{
    private readonly StringBuilder _unquoted = new();
    private FlowCellSetter?[]? _setters;
    private string[] _names = [];
    private bool _hasEnded;

    /// <inheritdoc/>
    protected override FlowLine Take(ReadOnlySpan<byte> line, FlowDraft draft)
    {
        ReadOnlySpan<char> text = Characters(line);
        if (_setters is null)
        {
            _names = [.. text.TrimStart('\uFEFF').ToString().Split(delimiter).Select(static name => name.Trim().Trim('"'))];
            _setters = Array.ConvertAll(_names, name => Mapping.Find(name));
            return FlowLine.Other;
        }

        _hasEnded |= ending is not null && text.StartsWith(ending, StringComparison.Ordinal);
        return _hasEnded ? FlowLine.Other : Cells(text, draft, _setters);
    }

    private FlowLine Cells(ReadOnlySpan<char> text, FlowDraft draft, FlowCellSetter?[] setters)
    {
        for (int column = 0; ; column++)
        {
            ReadOnlySpan<char> cell;
            int end;
            if (isQuoted && text is ['"', ..])
            {
                if (!TryUnquote(text, out string? unquoted, out end))
                {
                    Problem = "ends inside quotation marks";
                    return FlowLine.Broken;
                }

                cell = unquoted;
            }
            else
            {
                end = text.IndexOf(delimiter);
                end = end < 0 ? text.Length : end;
                cell = isTrimmed ? text[..end].Trim() : text[..end];
            }

            if (column >= setters.Length)
            {
                Problem = "has more cells than there are columns";
                return FlowLine.Broken;
            }

            if (setters[column] is { } setter && !Set(setter, _names[column], cell, draft))
            {
                return FlowLine.Broken;
            }

            if (end >= text.Length)
            {
                break;
            }

            text = text[(end + 1)..];
        }

        return Mapping.Complete(draft);
    }

    // The text between the marks, and where the delimiter behind them is.
    private bool TryUnquote(ReadOnlySpan<char> text, out string? unquoted, out int end)
    {
        unquoted = null;
        end = 0;
        _unquoted.Clear();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                _unquoted.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                _unquoted.Append('"');
                i++;
            }
            else
            {
                end = i + 1;
                unquoted = _unquoted.ToString();
                return end == text.Length || text[end] == delimiter;
            }
        }

        return false;
    }
}
