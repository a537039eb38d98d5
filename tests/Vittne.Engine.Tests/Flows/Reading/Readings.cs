using System.Text;
using Vittne.Engine.Flows.Reading;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Reading;

/// <summary>What is read from text or bytes.</summary>
internal sealed class Readings
{
    private Readings(FlowInputKind kind, List<FlowRecord> records, FlowReadSummary? summary)
    {
        Kind = kind;
        Records = records;
        Summary = summary ?? new FlowReadSummary();
    }

    public FlowInputKind Kind { get; }

    public List<FlowRecord> Records { get; }

    public FlowReadSummary Summary { get; }

    /// <summary>The only record.</summary>
    public FlowRecord Single => Assert.Single(Records);

    public static Readings Of(string text) => Of(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));

    public static Readings Of(byte[] bytes)
    {
        using FlowInput input = FlowInput.Open(new MemoryStream(bytes), "test");
        var records = new List<FlowRecord>();
        return new Readings(input.Kind, records, input.HasRecords ? input.Read(records.Add, CancellationToken.None) : null);
    }
}
