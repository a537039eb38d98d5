namespace Vittne.Cli.Rendering;

/// <summary>How a table of records is written.</summary>
/// <param name="Separator">Between cells.</param>
/// <param name="Aggregator">Between the values of one cell.</param>
/// <param name="LineEnd">Behind a line.</param>
/// <param name="HasHeader">True for a first line with the names.</param>
/// <param name="Quotes">True for quotation marks where a cell needs them (RFC 4180).</param>
/// <param name="EscapesAggregator">True when an aggregator inside a value gets a backslash.</param>
internal sealed record ColumnForm(string Separator, string Aggregator, string LineEnd, bool HasHeader, bool Quotes, bool EscapesAggregator)
{
    /// <summary>Comma-separated values (RFC 4180).</summary>
    public static ColumnForm Csv { get; } = new(",", ",", "\r\n", HasHeader: true, Quotes: true, EscapesAggregator: true);
}
