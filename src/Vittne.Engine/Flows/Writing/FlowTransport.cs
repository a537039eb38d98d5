using Vittne.Engine.Output;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>The common field <c>transport</c> of flow records.</summary>
internal static class FlowTransport
{
    /// <summary>What frames without IP have.</summary>
    public const string None = "none";

    private static readonly string[] Names = Enumerable.Range(0, 256).Select(static number => ProtocolNames.Of((byte)number)).ToArray();

    // Where the name of all records does not lead back to the number.
    private static readonly bool[] AreAmbiguous = Enumerable.Range(0, 256).Select(static number => FlowProtocols.Number(Names[number]) != number).ToArray();

    /// <summary>Its value; null when the record does not tell the protocol.</summary>
    public static string? Of(FlowRecord record) => record.ProtocolNumber is >= 0 and <= byte.MaxValue
        ? Names[record.ProtocolNumber]
        : record.Protocol is null or FlowValue.AnyText ? record.Protocol : None;

    /// <summary>True when it says all that <c>proto</c> would.</summary>
    public static bool TellsAll(FlowRecord record) => record.ProtocolNumber is >= 0 and <= byte.MaxValue
        ? !AreAmbiguous[record.ProtocolNumber]
        : record.Protocol is null or FlowValue.AnyText;
}
