namespace Vittne.Trails.Imports;

/// <summary>One comparison of a STIX pattern.</summary>
/// <param name="Path">Object path in lower case without quotes: <c>network-traffic:dst_ref.value</c>.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">What it is compared with.</param>
internal readonly record struct StixTest(string Path, StixOperator Operator, string Value);
