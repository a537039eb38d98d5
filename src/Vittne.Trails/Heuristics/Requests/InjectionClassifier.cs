using System.Buffers;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>
/// Which attacks a part of a request carries, after percent-decoding. Texts are Latin-1: a character a byte. Every pattern begins with a
/// fixed word or character and repeats only with an upper bound, so that the time grows with the length of the text and not faster.
/// </summary>
internal static class InjectionClassifier
{
    /// <summary>
    /// One of these stands in every attack that the patterns know; texts without are passed over at the cost of one scan. The words are
    /// attacks that need no sign.
    /// </summary>
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["?", "..", ".ht", "=", " ", "'", "wp-config.php", "acunetix", "w00tw00t", "muieblackcat", "netsparker"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Ways in which pages lead one folder up to their own parts: no climbing.</summary>
    private static readonly string[] OrdinaryClimbs =
        ["../images/", "../themes/", "../design/", "../scripts/", "../assets/", "../core/", "../js/"];

    public static bool IsWorthExamining(ReadOnlySpan<char> text) => text.ContainsAny(Marks);

    /// <summary>The classes that the text shows, out of those that are asked for.</summary>
    /// <param name="text">Percent-decoded bytes of a target, a body or a header value as Latin-1.</param>
    /// <param name="asked">The classes to look for.</param>
    public static InjectionClasses Classify(string text, InjectionClasses asked)
    {
        if (!IsWorthExamining(text))
        {
            return default;
        }

        int bits = 0;
        for (InjectionClass injection = InjectionClass.Sql; injection <= InjectionClass.DnsChanger; injection++)
        {
            if (asked.Contains(injection) && Shows(text, injection))
            {
                bits |= 1 << (int)injection;
            }
        }

        return new InjectionClasses(bits);
    }

    private static bool Shows(string text, InjectionClass injection) => injection switch
    {
        InjectionClass.Sql => InjectionPatterns.Sql().IsMatch(text) || InjectionPatterns.SqlCondition().IsMatch(text),
        InjectionClass.Xml => InjectionPatterns.Xml().IsMatch(text),
        InjectionClass.Php => InjectionPatterns.Php().IsMatch(text),
        InjectionClass.Ldap => InjectionPatterns.Ldap().IsMatch(text),
        InjectionClass.Xss => InjectionPatterns.Xss().IsMatch(text),
        InjectionClass.Xxe => InjectionPatterns.Xxe().IsMatch(text),
        InjectionClass.Ssti => InjectionPatterns.Ssti().IsMatch(text),
        InjectionClass.DataLeakage => InjectionPatterns.DataLeakage().IsMatch(text) || EmailAddresses.AreListed(text),
        InjectionClass.ConfigFile => InjectionPatterns.ConfigFile().IsMatch(text),
        InjectionClass.RemoteCode => InjectionPatterns.RemoteCode().IsMatch(text) || InjectionPatterns.ShellCommand().IsMatch(text),
        InjectionClass.Traversal => InjectionPatterns.Traversal().IsMatch(WithoutOrdinaryClimbs(text)),
        InjectionClass.WebScan => InjectionPatterns.WebScan().IsMatch(text),
        _ => InjectionPatterns.DnsChanger().IsMatch(text),
    };

    private static string WithoutOrdinaryClimbs(string text)
    {
        if (!text.Contains("../", StringComparison.Ordinal))
        {
            return text;
        }

        foreach (string climb in OrdinaryClimbs)
        {
            text = text.Replace(climb, "/", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }
}
