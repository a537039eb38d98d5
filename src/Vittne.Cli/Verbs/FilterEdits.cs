using System.Buffers;
using System.CommandLine;
using System.Text;
using Vittne.Cli.Rendering;
using Vittne.Engine.Filter;
using Vittne.Engine.Filter.Editors;

namespace Vittne.Cli.Verbs;

/// <summary>The changes that <c>vittne filter</c> was asked for, read and checked.</summary>
internal sealed class FilterEdits
{
    private const int KeyLength = 32;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private int? _snapLength;
    private ChopRange? _chop;
    private bool _adjustsLength;
    private DuplicateOptions? _duplicates;
    private long _shiftNs;
    private long? _orderDeltaNs;
    private bool _stripsPayload;
    private bool _decapsulates;
    private byte[]? _key;
    private bool _keepsOui;

    /// <summary>Whether copies are left out, so that their number is worth telling.</summary>
    public bool DropsCopies => _duplicates is not null;

    /// <summary>The options with these changes.</summary>
    public FilterOptions In(FilterOptions options) => options with
    {
        SnapLength = _snapLength,
        Chop = _chop,
        AdjustsLength = _adjustsLength,
        Duplicates = _duplicates,
        ShiftNs = _shiftNs,
        OrderDeltaNs = _orderDeltaNs,
        StripsPayload = _stripsPayload,
        Decapsulates = _decapsulates,
        AnonymisationKey = _key,
        KeepsOui = _keepsOui,
    };

    /// <summary>Reads the options; returns what is wrong, or null.</summary>
    public string? Read(FilterEditArguments o, ParseResult parsed)
    {
        _adjustsLength = parsed.GetValue(o.AdjustLength);
        _stripsPayload = parsed.GetValue(o.StripPayload);
        _decapsulates = parsed.GetValue(o.Decapsulate);
        _keepsOui = parsed.GetValue(o.KeepOui);
        _snapLength = parsed.GetResult(o.SnapLength) is null ? null : parsed.GetValue(o.SnapLength);
        if (_snapLength < 1)
        {
            return "--snap-length must be 1 or more";
        }

        if (parsed.GetValue(o.Chop) is { } chop)
        {
            if (!ChopRange.TryParse(chop, out ChopRange range))
            {
                return $"--chop '{TerminalText.Escape(chop)}' is not understood; write 14, -4 or 12:4";
            }

            _chop = range;
        }

        if (parsed.GetValue(o.Shift) is { } shift && !Amounts.TrySeconds(shift, out _shiftNs))
        {
            return $"--shift '{TerminalText.Escape(shift)}' is no number of seconds; write 3600 or -0.5";
        }

        return ReadOrder(o, parsed) ?? ReadDuplicates(o, parsed) ?? ReadKey(parsed.GetValue(o.Anonymise));
    }

    private string? ReadOrder(FilterEditArguments o, ParseResult parsed)
    {
        long delta = 0;
        string? text = parsed.GetValue(o.OrderDelta);
        if (text is not null && (!Amounts.TrySeconds(text, out delta) || delta < 0))
        {
            return $"--strict-order={TerminalText.Escape(text)} is no number of seconds; write 0.000001";
        }

        _orderDeltaNs = text is not null || parsed.GetValue(o.StrictOrder) ? delta : null;
        return null;
    }

    private string? ReadDuplicates(FilterEditArguments o, ParseResult parsed)
    {
        string? window = parsed.GetValue(o.DedupWindow);
        bool hasSkip = parsed.GetResult(o.DedupSkip) is not null;
        string? ignored = parsed.GetValue(o.DedupIgnore);
        if (window is null && !parsed.GetValue(o.Dedup))
        {
            return hasSkip || ignored is not null ? "--dedup-skip and --dedup-ignore need --dedup" : null;
        }

        var duplicates = new DuplicateOptions { Skip = parsed.GetValue(o.DedupSkip) };
        if (window is not null)
        {
            if (int.TryParse(window, out int packets) && packets is >= 0 and <= DuplicateOptions.MaxPackets)
            {
                duplicates = duplicates with { Packets = packets };
            }
            else if (Amounts.TrySpan(window, out long ns))
            {
                duplicates = duplicates with { WindowNs = ns };
            }
            else
            {
                return $"--dedup={TerminalText.Escape(window)} is no window; write packets from 0 to {DuplicateOptions.MaxPackets}, or a time such as 0.5s or 10ms";
            }
        }

        DuplicateFields fields = DuplicateFields.None;
        foreach (string name in ignored?.Split(',') ?? [])
        {
            if (!Enum.TryParse(name, ignoreCase: true, out DuplicateFields field) || field == DuplicateFields.None || char.IsAsciiDigit(name[0]))
            {
                return $"--dedup-ignore '{TerminalText.Escape(name)}' is not known; there are ttl, checksum, vlan and mac";
            }

            fields |= field;
        }

        _duplicates = duplicates with { Ignored = fields };
        return duplicates.Skip < 0 ? "--dedup-skip must be 0 or more" : null;
    }

    private string? ReadKey(string? path)
    {
        if (path is null)
        {
            return _keepsOui ? "--keep-oui needs --anonymise" : null;
        }

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"--anonymise: {problem.Message}";
        }

        if (content.Length != KeyLength)
        {
            ReadOnlySpan<byte> digits = content.AsSpan().Trim(" \t\r\n"u8);
            if (digits.Length != 2 * KeyLength || digits.ContainsAnyExcept(HexDigits))
            {
                return $"--anonymise: {TerminalText.Escape(path)} is no key; it must have 32 bytes or 64 hex digits, as from openssl rand -hex 32";
            }

            content = Convert.FromHexString(Encoding.ASCII.GetString(digits));
        }

        _key = content;
        return null;
    }
}
