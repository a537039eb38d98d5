namespace Vittne.Trails.Lists;

/// <summary>How much a reader may change an indicator before it becomes a key.</summary>
internal enum IndicatorRules
{
    /// <summary>As Maltrail's static lists: scheme, <c>www.</c>, query and doubled slashes are cut.</summary>
    Clean,

    /// <summary>Rows of <c>trails.csv</c>: letter case and spelling of addresses, nothing else.</summary>
    Final,
}
