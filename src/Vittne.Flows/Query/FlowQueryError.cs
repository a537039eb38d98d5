namespace Vittne.Flows.Query;

/// <summary>Why a condition could not be read.</summary>
/// <param name="Column">Where, counted in characters from 1.</param>
/// <param name="Problem">What is wrong, and what to write instead.</param>
public sealed record FlowQueryError(int Column, string Problem);
