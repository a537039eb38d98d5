namespace Vittne.Capture.Filters;

/// <summary>
/// A part of an expression that the bytes of a packet alone do not decide. It is no word of the pcap-filter language; where one of its texts could
/// mean something there, it still does.
/// </summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Value">What is written behind the word, without quotation marks.</param>
/// <param name="Column">Where the value begins in the expression, counted from 1.</param>
public sealed record FlowTerm(FlowTermKind Kind, string Value, int Column);
