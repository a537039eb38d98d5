using System.Globalization;
using Vittne.Engine.Flows.Reading.Mappings;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Reads Zeek's ASCII logs: <c>#</c> lines tell separator and fields, and may come again where logs were joined.</summary>
internal sealed class ZeekFlowReader() : LineFlowReader(new ZeekMapping())
{
    private const string HexPrefix = "\\x";

    private FlowCellSetter?[] _setters = [];
    private string[] _names = [];
    private char _separator = '\t';
    private bool _isConnections = true;

    /// <inheritdoc/>
    protected override FlowLine Take(ReadOnlySpan<byte> line, FlowDraft draft)
    {
        ReadOnlySpan<char> text = Characters(line);
        if (text[0] == '#')
        {
            Heading(text);
            return FlowLine.Other;
        }

        if (!_isConnections)
        {
            return FlowLine.Other;
        }

        if (_setters.Length == 0)
        {
            Problem = "stands before the line #fields";
            return FlowLine.Broken;
        }

        for (int column = 0; ; column++)
        {
            int end = text.IndexOf(_separator);
            ReadOnlySpan<char> cell = end < 0 ? text : text[..end];
            if (column >= _setters.Length)
            {
                Problem = "has more cells than there are fields";
                return FlowLine.Broken;
            }

            if (_setters[column] is { } setter && !Set(setter, _names[column], cell.Contains('\\') ? Unescaped(cell) : cell, draft))
            {
                return FlowLine.Broken;
            }

            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
        }

        return Mapping.Complete(draft);
    }

    private static string Unescaped(ReadOnlySpan<char> cell)
    {
        var text = new System.Text.StringBuilder(cell.Length);
        for (int i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\' && i + 1 < cell.Length && cell[i + 1] == '\\')
            {
                text.Append('\\');
                i++;
            }
            else if (i + 3 < cell.Length && cell[i..].StartsWith(HexPrefix, StringComparison.Ordinal)
                && byte.TryParse(cell.Slice(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                text.Append((char)value);
                i += 3;
            }
            else
            {
                text.Append(cell[i]);
            }
        }

        return text.ToString();
    }

    private void Heading(ReadOnlySpan<char> text)
    {
        const string Separator = "#separator ";
        if (text.StartsWith(Separator, StringComparison.Ordinal))
        {
            string told = Unescaped(text[Separator.Length..]);
            _separator = told.Length == 1 ? told[0] : '\t';
            return;
        }

        int end = text.IndexOf(_separator);
        if (end < 0)
        {
            return;
        }

        switch (text[..end])
        {
            case "#path":
                _isConnections = text[(end + 1)..].StartsWith("conn", StringComparison.Ordinal);
                break;
            case "#fields":
                _names = text[(end + 1)..].ToString().Split(_separator);
                _setters = Array.ConvertAll(_names, name => Mapping.Find(name));
                break;
            default:
                break;
        }
    }
}
