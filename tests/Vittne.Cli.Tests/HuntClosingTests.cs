using Vittne.Cli.Rendering;
using Vittne.Cli.Verbs;
using Vittne.Engine.Hunt;
using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Protocols.Sessions;

namespace Vittne.Cli.Tests;

public sealed class HuntClosingTests
{
    [Theory]
    [InlineData(1, "vittne: 1 record could not be examined (PortScanDetector: OverflowException); please report this with the capture")]
    [InlineData(3, "vittne: 3 records could not be examined (PortScanDetector: OverflowException); please report this with the capture")]
    public void Detectors_that_failed_are_told_even_when_quiet(int failures, string line)
    {
        var summary = new HuntSummary
        {
            Input = new SpineSummary(),
            Flows = new FlowCounters(),
            Protocols = new ProtocolCounters(),
            Events = 0,
            Muted = 0,
            DisabledByInfo = 0,
            Dropped = 0,
            DetectorFailures = new Dictionary<string, long> { ["PortScanDetector: OverflowException"] = failures },
        };
        var error = new StringWriter();
        HuntClosing.Tell(summary, new ThreatTally(), muting: null, TimeSpan.Zero, isQuiet: true, error);
        Assert.Equal(line, error.ToString().TrimEnd());
    }
}
