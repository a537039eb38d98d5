using Vittne.Engine.Info;
using Vittne.Engine.Info.Deep;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Info;

/// <summary>What a deep look tells of a capture that a test has built.</summary>
internal sealed class DeepLook
{
    /// <summary>The present of all these tests: 2033.</summary>
    public const long NowNs = 2_000_000_000_000_000_000;

    private readonly DeepReport _report;

    private DeepLook(CaptureInfo info) => _report = info.Deep!;

    public static DeepLook At(byte[] capture)
    {
        using var file = new TemporaryFile(capture);
        return new DeepLook(new InfoRun(new InfoOptions { IsDeep = true, NowNs = NowNs, Workers = 1 }).Read(file.Path, TestContext.Current.CancellationToken));
    }

    public (string Answer, Confidence Confidence) Answer(string question)
    {
        DeepAnswer answer = _report.Answers.Single(item => item.Question == question);
        return (answer.Answer, answer.Confidence);
    }

    public object? Evidence(string question, string name) => _report.Answers.Single(item => item.Question == question).Evidence.Single(fact => fact.Name == name).Value;

    /// <summary>Rows of a table, cells joined by blanks.</summary>
    public List<string> Rows(string table) => [.. _report.Tables.Single(item => item.Name == table).Rows.Select(static row => string.Join(' ', row))];
}
