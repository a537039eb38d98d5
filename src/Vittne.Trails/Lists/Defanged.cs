namespace Vittne.Trails.Lists;

/// <summary>Indicators as reports write them, so that nobody clicks on them.</summary>
internal static class Defanged
{
    private static readonly (string Written, string Meant)[] Marks =
    [
        ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("{dot}", "."), ("[:]", ":"), ("[://]", "://"), ("[/]", "/"),
    ];

    /// <summary>The indicator as it was before.</summary>
    public static string Restore(string text)
    {
        text = text.Trim();
        foreach ((string written, string meant) in Marks)
        {
            text = text.Replace(written, meant, StringComparison.OrdinalIgnoreCase);
        }

        return text.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) || text.StartsWith("fxp", StringComparison.OrdinalIgnoreCase)
            ? Scheme(text)
            : text;
    }

    private static string Scheme(string text)
    {
        int end = text.IndexOf("://", StringComparison.Ordinal);
        return end < 0 ? text : string.Concat(text[..end].Replace("xx", "tt", StringComparison.OrdinalIgnoreCase).Replace("fxp", "ftp", StringComparison.OrdinalIgnoreCase), text[end..]);
    }
}
