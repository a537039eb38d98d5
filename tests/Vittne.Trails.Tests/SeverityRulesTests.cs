namespace Vittne.Trails.Tests;

public sealed class SeverityRulesTests
{
    [Theory]
    [InlineData("anything", "(custom)", Severity.High)]
    [InlineData("known attacker", "x (remote custom)", Severity.High)]
    [InlineData("potential malware site", "(static)", Severity.Medium)]
    [InlineData("x", "malwaredomainlist.com", Severity.High)]
    [InlineData("malware distribution", "x", Severity.Medium)]
    [InlineData("mass scanner", "(static)", Severity.Low)]
    [InlineData("Emotet (Malware)", "(static)", Severity.High)]
    [InlineData("ransomware", "(static)", Severity.High)]
    [InlineData("known attacker", "x", Severity.Low)]
    [InlineData("crawler", "x", Severity.Low)]
    [InlineData("potential port scanning", "(heuristic)", Severity.Low)]
    [InlineData("x c2 cert (suspicious)", "abuse.ch", Severity.Medium)]
    public void First_rule_that_applies_decides(string info, string reference, Severity severity) => Assert.Equal(severity, SeverityRules.Of(info, reference));
}
