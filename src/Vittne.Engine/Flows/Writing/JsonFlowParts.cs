using System.Text;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>The fields that <see cref="JsonFlowObject"/> leaves to the table, by the part of the record that holds them.</summary>
internal static class JsonFlowParts
{
    private static readonly HashSet<string> Straight = [.. JsonFlowObject.Straight];

    /// <summary>A field with its name as JSON.</summary>
    /// <param name="Column">The field.</param>
    /// <param name="Key">Comma, name in quotation marks, colon.</param>
    internal readonly record struct Part(FlowColumn Column, byte[] Key);

    /// <summary>Fields of <see cref="FlowRecord.Context"/>.</summary>
    public static Part[] Context { get; } = Of(static record => record.Context is not null);

    /// <summary>Fields of <see cref="FlowRecord.Statistics"/>.</summary>
    public static Part[] Statistics { get; } = Of(static record => record.Statistics is not null);

    /// <summary>Fields of <see cref="FlowRecord.Merged"/>.</summary>
    public static Part[] Merged { get; } = Of(static record => record.Merged is not null);

    /// <summary>The fields that have no part and are not written straight from the record: there must be none.</summary>
    internal static IEnumerable<FlowField> Forgotten => Rest().Where(static rest => Filled(rest) is { Context: null, Statistics: null, Merged: null });

    private static Part[] Of(Func<FlowRecord, bool> holds) =>
        [.. Rest().Where(field => holds(Filled(field))).Select(static field => new Part(new FlowColumn(field.Name, field), Encoding.UTF8.GetBytes($",\"{field.Name}\":")))];

    private static IEnumerable<FlowField> Rest() => FlowFields.All.Where(static field => !field.IsOnDemand && !Straight.Contains(field.Name));

    // Which part holds a field shows when it is set in an empty record.
    private static FlowRecord Filled(FlowField field)
    {
        var record = new FlowRecord();
        field.Set(record, field.Kind switch
        {
            FlowFieldKind.Integer => FlowValue.OfInteger(1),
            FlowFieldKind.Decimal => FlowValue.OfDecimal(1),
            FlowFieldKind.Time => FlowValue.OfTime(1),
            FlowFieldKind.Duration => FlowValue.OfDuration(1),
            FlowFieldKind.Address => FlowValue.OfAddress(FlowAddress.OfMac(1)),
            FlowFieldKind.Mac => FlowValue.OfMac(1),
            FlowFieldKind.Texts => FlowValue.OfTexts(["x"]),
            FlowFieldKind.Integers => FlowValue.OfIntegers([1]),
            FlowFieldKind.Flag => FlowValue.OfFlag(true),
            _ => FlowValue.OfText("x"),
        });
        return record;
    }
}
