using Vittne.TestKit;
using Vittne.Trails.Heuristics.Responses;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class ResponseTests
{
    [Fact]
    public void Sinkhole_vectors_agree()
    {
        List<string[]>? rows = SharedVectors.Rows("sinkhole.tsv", 2);
        Assert.SkipWhen(rows is null, "the shared vector files are not here; set VITTNE_SHARED");
        Assert.All(rows!, row => Assert.Equal(row[1], SinkholeResponseDetector.PhraseIn(row[0].Replace("\\r\\n", "\r\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void Sinkhole_is_told_from_server_to_client()
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().Response("HTTP/1.1 200 OK\r\nServer: sinkhole\r\n\r\n").Threats);
        Assert.Equal(("sinkhole response (malware)", "Server: sinkhole"), (threat.Info, threat.Trail));
        Assert.Equal(Severity.High, threat.Severity);
        Assert.Equal(Packets.Direction.FromResponder, threat.Direction);
    }

    [Fact]
    public void Phrases_behind_the_first_two_thousand_characters_do_not_count() =>
        Assert.Empty(new HeuristicRun().Response("HTTP/1.1 200 OK\r\n\r\n", new string('x', 2000) + "\nSinkholed by someone").Threats);

    [Theory]
    [InlineData("<title>This domain name has been seized by the FBI</title>", "This domain name has been seized by the FBI")]
    [InlineData("<html><TITLE> Domain Seized </TITLE>", "Domain Seized")]
    public void Title_of_a_seized_domain_is_told(string body, string trail)
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().Response("HTTP/1.1 200 OK\r\n\r\n", body).Threats);
        Assert.Equal(("seized domain (suspicious)", trail), (threat.Info, threat.Trail));
    }

    [Theory]
    [InlineData("<title>Domain Seized")]
    [InlineData("<title>News</title> Domain Seized")]
    public void Seizure_outside_a_whole_title_is_left_alone(string body) =>
        Assert.Empty(new HeuristicRun().Response("HTTP/1.1 200 OK\r\n\r\n", body).Threats);

    [Theory]
    [InlineData("application/x-sh", true)]
    [InlineData("Application/HTA; charset=utf-8", true)]
    [InlineData("text/x-sh ;a=b", true)]
    [InlineData("text/html", false)]
    [InlineData("application/x-shockwave-flash", false)]
    public void Types_that_a_shell_runs_are_told_without_their_parameters(string value, bool isTold) =>
        Assert.Equal(isTold, new HeuristicRun().Response($"HTTP/1.1 200 OK\r\ncontent-type: {value}\r\n\r\n").Threats.Count == 1);
}
