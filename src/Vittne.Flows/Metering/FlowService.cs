namespace Vittne.Flows.Metering;

/// <summary>What is known of the service of a flow.</summary>
public struct FlowService
{
    /// <summary>Which service, as <see cref="FlowServices.NameOf"/> names it; 0 for none.</summary>
    public byte Number { get; set; }

    /// <summary>Payloads that said nothing.</summary>
    public byte Tries { get; set; }

    /// <summary>True when no more payload is wanted.</summary>
    public bool IsDone { get; set; }
}
