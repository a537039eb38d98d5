using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>Sizes of packets and the time between them, each way, in one pass (Welford).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StatisticsMeter
{
    private const double Millisecond = 1e6;
    private const double Second = 1e9;

    /// <summary>A longer silence ends an active phase.</summary>
    private const long IdleNs = 5_000_000_000;

    private SidePair _sides;
    private Welford _active;
    private Welford _idle;
    private long _activeSinceNs;
    private long _previousNs;
    private long _longestNs;

    /// <summary>Takes the next packet.</summary>
    public void Add(Direction direction, in PacketMeasure packet)
    {
        _sides[(int)direction].Add(packet);
        if (_previousNs == 0)
        {
            _activeSinceNs = packet.TimestampNs;
        }
        else
        {
            long gap = packet.TimestampNs - _previousNs;
            _longestNs = Math.Max(_longestNs, gap);
            if (gap > IdleNs)
            {
                _idle.Add(gap / Second);
                _active.Add((_previousNs - _activeSinceNs) / Second);
                _activeSinceNs = packet.TimestampNs;
            }
        }

        _previousNs = Math.Max(_previousNs, packet.TimestampNs);
    }

    /// <summary>Writes all of it.</summary>
    public void Tell(FlowStatistics told)
    {
        _sides[0].Tell(told.Source);
        _sides[1].Tell(told.Destination);
        Welford active = _active;
        if (_previousNs > 0)
        {
            active.Add((_previousNs - _activeSinceNs) / Second);
        }

        (told.ActiveMean, told.ActiveDeviation) = (active.Mean, active.Deviation);
        (told.IdleMean, told.IdleDeviation) = (_idle.Mean, _idle.Deviation);
        told.LongestSilenceNs = _longestNs;
    }

    [InlineArray(2)]
    private struct SidePair
    {
        private Side _first;
    }

    [InlineArray(FlowSideStatistics.FlagCount)]
    private struct FlagCounts
    {
        private int _first;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Side
    {
        private Welford _gaps;
        private Welford _sizes;
        private Welford _jitter;
        private FlagCounts _flags;
        private double _previousGap;
        private long _previousNs;
        private long _headerBytes;
        private int _min;
        private int _max;
        private ushort _window;
        private bool _isTcp;

        public void Add(in PacketMeasure packet)
        {
            int size = packet.WireBytes / Math.Max((int)packet.Packets, 1);
            bool isFirst = _sizes.Count == 0;
            _min = isFirst ? size : Math.Min(_min, size);
            _max = Math.Max(_max, size);
            for (int i = 0; i < packet.Packets; i++)
            {
                _sizes.Add(size);
            }

            _headerBytes += packet.WireBytes - packet.AppBytes;
            if (isFirst)
            {
                _window = packet.Window;
                _isTcp = (packet.Marks & MeasureMarks.IsWholeTcp) != 0;
            }
            else
            {
                double gap = Math.Max(packet.TimestampNs - _previousNs, 0) / Millisecond;
                if (_gaps.Count > 0)
                {
                    _jitter.Add(Math.Abs(gap - _previousGap));
                }

                _gaps.Add(gap);
                _previousGap = gap;
            }

            _previousNs = Math.Max(_previousNs, packet.TimestampNs);
            if (_isTcp)
            {
                for (int bit = 0; bit < FlowSideStatistics.FlagCount; bit++)
                {
                    _flags[bit] += (packet.Flags >> bit) & 1;
                }
            }
        }

        public readonly void Tell(FlowSideStatistics told)
        {
            if (_sizes.Count == 0)
            {
                return;
            }

            (told.GapMean, told.GapDeviation) = (_gaps.Mean, _gaps.Deviation);
            told.Jitter = _jitter.Mean;
            (told.SizeMin, told.SizeMax, told.SizeMean, told.SizeDeviation) = (_min, _max, _sizes.Mean, _sizes.Deviation);
            told.HeaderBytes = _headerBytes;
            if (_isTcp)
            {
                told.InitialWindow = _window;
                told.FlagPackets = new long[FlowSideStatistics.FlagCount];
                for (int bit = 0; bit < FlowSideStatistics.FlagCount; bit++)
                {
                    told.FlagPackets[bit] = _flags[bit];
                }
            }
        }
    }
}
