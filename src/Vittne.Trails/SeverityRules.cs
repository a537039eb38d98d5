namespace Vittne.Trails;

/// <summary>The one place that says how urgent a sighting is: console, logs, CEF and store all use this answer.</summary>
public static class SeverityRules
{
    private static readonly string[] LowWords = ["reputation", "attacker", "spammer", "compromised", "crawler", "scanning", "low confidence"];

    /// <summary>Severity by the words of info and reference, whatever their letter case; the first rule that applies decides.</summary>
    /// <param name="info">What the trail or heuristic stands for.</param>
    /// <param name="reference">Who says so.</param>
    public static Severity Of(string info, string reference)
    {
        if (Has(reference, "(custom)") || Has(reference, "(remote custom)"))
        {
            return Severity.High;
        }

        if (Has(info, "potential malware site"))
        {
            return Severity.Medium;
        }

        if (Has(reference, "malwaredomainlist"))
        {
            return Severity.High;
        }

        if (Has(info, "malware distribution"))
        {
            return Severity.Medium;
        }

        if (Has(info, "mass scanner"))
        {
            return Severity.Low;
        }

        if (Has(info, "malware") || Has(info, "adversary") || Has(info, "ransomware"))
        {
            return Severity.High;
        }

        foreach (string word in LowWords)
        {
            if (Has(info, word))
            {
                return Severity.Low;
            }
        }

        return Severity.Medium;
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
