namespace Vittne.Flows.Metering;

/// <summary>Recognises what flows carry by their payload; one for each worker.</summary>
public abstract class FlowServices
{
    /// <summary>Takes connections that a payload announces: their receiver and what they will carry. Set by who wants to know.</summary>
    public Action<FlowName, string>? Announced { get; set; }

    /// <summary>Looks at the payload of a flow that is not recognised yet.</summary>
    /// <param name="found">What is known so far.</param>
    /// <param name="state">What it keeps for the flow until it knows; null at first.</param>
    /// <param name="segment">The payload and where it comes from.</param>
    public abstract void OnPayload(ref FlowService found, ref object? state, in FlowSegment segment);

    /// <summary>Who asks and who answers, by the content of a datagram.</summary>
    /// <param name="segment">The payload and where it comes from.</param>
    /// <returns>1 when its sender is the one who asks, -1 when it answers, 0 when that cannot be told.</returns>
    public abstract int RoleOf(in FlowSegment segment);

    /// <summary>The name of a number of <see cref="FlowService.Number"/>; null for 0.</summary>
    public abstract string? NameOf(int number);

    /// <summary>The service that usually listens on a port; null for none.</summary>
    public abstract string? NameOfPort(byte protocol, ushort port);
}
