using static Vittne.Flows.Aggregation.MergeRules;

namespace Vittne.Flows.Records;

/// <content>How two become one.</content>
public sealed partial class FlowTcp
{
    /// <summary>Takes the detail of another record in. Round trips, which are means, are the caller's.</summary>
    internal void Merge(FlowTcp other, bool isContinued, bool isLater)
    {
        SourceRetransmissions = FlowRecord.Sum(SourceRetransmissions, other.SourceRetransmissions);
        DestinationRetransmissions = FlowRecord.Sum(DestinationRetransmissions, other.DestinationRetransmissions);
        SourceRetransmittedBytes = FlowRecord.Sum(SourceRetransmittedBytes, other.SourceRetransmittedBytes);
        DestinationRetransmittedBytes = FlowRecord.Sum(DestinationRetransmittedBytes, other.DestinationRetransmittedBytes);
        SourceOutOfOrder = FlowRecord.Sum(SourceOutOfOrder, other.SourceOutOfOrder);
        DestinationOutOfOrder = FlowRecord.Sum(DestinationOutOfOrder, other.DestinationOutOfOrder);
        SourceGapBytes = FlowRecord.Sum(SourceGapBytes, other.SourceGapBytes);
        DestinationGapBytes = FlowRecord.Sum(DestinationGapBytes, other.DestinationGapBytes);
        SourceLoss = FlowRecord.Sum(SourceLoss, other.SourceLoss);
        DestinationLoss = FlowRecord.Sum(DestinationLoss, other.DestinationLoss);
        SourceZeroWindows = FlowRecord.Sum(SourceZeroWindows, other.SourceZeroWindows);
        DestinationZeroWindows = FlowRecord.Sum(DestinationZeroWindows, other.DestinationZeroWindows);
        MinRoundTripNs = Smaller(MinRoundTripNs, other.MinRoundTripNs);
        SourceMaxWindow = Math.Max(SourceMaxWindow, other.SourceMaxWindow);
        DestinationMaxWindow = Math.Max(DestinationMaxWindow, other.DestinationMaxWindow);
        if (isContinued)
        {
            TakeLast(other, isLater);
        }
        else
        {
            TakeSame(other);
        }
    }

    /// <summary>Drops what is kept only when it is equal in all records: another one does not tell it.</summary>
    internal void DropDiffering() => TakeSame(new FlowTcp());

    private void TakeSame(FlowTcp other)
    {
        SourceWindow = Same(SourceWindow, other.SourceWindow);
        DestinationWindow = Same(DestinationWindow, other.DestinationWindow);
        SourceInitialSequence = Same(SourceInitialSequence, other.SourceInitialSequence);
        DestinationInitialSequence = Same(DestinationInitialSequence, other.DestinationInitialSequence);
        SourceSegmentSize = Same(SourceSegmentSize, other.SourceSegmentSize);
        DestinationSegmentSize = Same(DestinationSegmentSize, other.DestinationSegmentSize);
        SourceWindowScale = Same(SourceWindowScale, other.SourceWindowScale);
        DestinationWindowScale = Same(DestinationWindowScale, other.DestinationWindowScale);
        Options = Same(Options, other.Options);
    }

    private void TakeLast(FlowTcp other, bool isLater)
    {
        SourceWindow = Last(SourceWindow, other.SourceWindow, isLater);
        DestinationWindow = Last(DestinationWindow, other.DestinationWindow, isLater);
        SourceInitialSequence = Last(SourceInitialSequence, other.SourceInitialSequence, isLater);
        DestinationInitialSequence = Last(DestinationInitialSequence, other.DestinationInitialSequence, isLater);
        SourceSegmentSize = (int)Last(SourceSegmentSize, other.SourceSegmentSize, isLater);
        DestinationSegmentSize = (int)Last(DestinationSegmentSize, other.DestinationSegmentSize, isLater);
        SourceWindowScale = (int)Last(SourceWindowScale, other.SourceWindowScale, isLater);
        DestinationWindowScale = (int)Last(DestinationWindowScale, other.DestinationWindowScale, isLater);
        Options = Last(Options, other.Options, isLater);
    }
}
