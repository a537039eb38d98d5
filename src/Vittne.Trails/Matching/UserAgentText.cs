using System.Text;

namespace Vittne.Trails.Matching;

/// <summary>How a suspicious User-Agent is shown, and which ones are left alone.</summary>
internal static class UserAgentText
{
    /// <summary>Update clients of security products and of the system: their values hold words that attack tools have too.</summary>
    private static readonly string[] HonestMarks =
    [
        "AntiVir-NGUpd", "TMSPS", "AVGSETUP", "SDDS", "Sophos", "Symantec", "internal dummy connection", "Microsoft-CryptoAPI",
    ];

    /// <summary>True when the value is one of a product that is left alone.</summary>
    public static bool IsHonest(string value)
    {
        foreach (string mark in HonestMarks)
        {
            if (value.Contains(mark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The match free and the rest in parentheses; a match with text on both sides is followed by the whole value instead. Parentheses
    /// of the value itself are escaped.
    /// </summary>
    /// <param name="value">The value, percent-decoded and trimmed.</param>
    /// <param name="match">What matched in it.</param>
    public static string Of(string value, string match)
    {
        int start = value.IndexOf(match, StringComparison.Ordinal);
        if (match.Length == 0 || start < 0)
        {
            return Escape(value);
        }

        string before = value[..start];
        string after = value[(start + match.Length)..];
        if (before.Length > 0 && after.Length > 0)
        {
            return $"{Escape(match)} ({Escape(value)})";
        }

        var text = new StringBuilder(value.Length + 8);
        AppendRest(text, before);
        text.Append(Escape(match));
        AppendRest(text, after);
        return text.ToString();
    }

    private static void AppendRest(StringBuilder text, string rest)
    {
        if (rest.Length > 0)
        {
            text.Append('(').Append(Escape(rest)).Append(')');
        }
    }

    private static string Escape(string value) => value.TrimEnd('\\')
        .Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
