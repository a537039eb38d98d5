namespace Vittne.Capture.Filters;

/// <summary>Ends the compilation of an expression that is no filter. Never leaves this folder.</summary>
internal sealed class FilterRefusedException(int column, string message, string? expected = null, bool dependsOnLinkType = false)
    : Exception(message)
{
    /// <summary>Where, counted from 1.</summary>
    public int Column => column;

    /// <summary>What could stand there.</summary>
    public string? Expected => expected;

    /// <summary>Another link type might have the words.</summary>
    public bool DependsOnLinkType => dependsOnLinkType;

    /// <summary>The same for people.</summary>
    public FilterError ToError(string expression) => new(column, Message, expected, expression, dependsOnLinkType);
}
