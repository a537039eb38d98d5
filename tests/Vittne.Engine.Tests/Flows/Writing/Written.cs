using System.Text;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

/// <summary>What a writer makes of records.</summary>
internal static class Written
{
    /// <summary>The text of some records.</summary>
    public static string By(Func<FlowWriterOptions, IFlowWriter> make, params IEnumerable<FlowRecord> records) => By(make, null, records);

    /// <summary>The text of some records with just these columns.</summary>
    public static string By(Func<FlowWriterOptions, IFlowWriter> make, string? columns, IEnumerable<FlowRecord> records)
    {
        var output = new MemoryStream();
        IFlowWriter writer = make(new FlowWriterOptions { Output = output, Columns = columns is null ? null : Columns(columns) });
        foreach (FlowRecord record in records)
        {
            writer.Add(record);
        }

        writer.Finish();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Columns from their names.</summary>
    public static FlowColumn[] Columns(string names) => [.. names.Split(',').Select(static name => new FlowColumn(name, FlowFields.Get(name)))];
}
