namespace Vittne.Trails.Tests;

public sealed class SeverityTableTests
{
    [Fact]
    public void First_rule_that_applies_decides_and_the_rest_is_medium()
    {
        Assert.Null(SeverityTable.Parse(["# mine", "", "low info ^mass", "HIGH any scanner .*static", "low reference \\(heur"], out SeverityTable? table));

        Assert.Equal(Severity.Low, table!.Of("Mass scanner", "(static)"));
        Assert.Equal(Severity.High, table.Of("a scanner", "(static)"));
        Assert.Equal(Severity.Low, table.Of("long domain", "(heuristic)"));
        Assert.Equal(Severity.Medium, table.Of("malware", "(static)"));
        Assert.Equal(Severity.Low, table.Of("Mass scanner", "(static)"));
    }

    [Theory]
    [InlineData("urgent info x", "line 1 is no rule")]
    [InlineData("high info", "line 1 is no rule")]
    [InlineData("3 info x", "line 1 is no rule")]
    [InlineData("high info (", "line 1: ")]
    [InlineData("# only words", "it holds no rule")]
    public void Wrong_line_is_named(string line, string problem)
    {
        Assert.StartsWith(problem, SeverityTable.Parse([line], out SeverityTable? table), StringComparison.Ordinal);
        Assert.Null(table);
    }

    [Fact]
    public void Expression_of_Maltrail_decides_by_its_groups()
    {
        Assert.Null(SeverityTable.FromGroups("(?P<high>(remote )?custom\\)|malware(?! (distribution|site)))|(?P<medium>malware distribution)|(?P<low>reputation)", out SeverityTable? table));

        Assert.Equal(Severity.High, table!.Of("emotet (malware)", "(static)"));
        Assert.Equal(Severity.Medium, table.Of("malware distribution", "(static)"));
        Assert.Equal(Severity.Low, table.Of("bad reputation", "x"));
        Assert.Equal(Severity.High, table.Of("mine", "(custom)"));
        Assert.Equal(Severity.Medium, table.Of("other", "x"));
    }

    [Fact]
    public void Expression_without_the_groups_is_refused()
    {
        Assert.Equal("it has no group low, medium or high", SeverityTable.FromGroups("malware", out _));
        Assert.NotNull(SeverityTable.FromGroups("(?P<high>", out _));
    }
}
