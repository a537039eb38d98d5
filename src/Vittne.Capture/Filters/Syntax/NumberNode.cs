namespace Vittne.Capture.Filters.Syntax;

/// <summary>A number.</summary>
internal sealed class NumberNode(FilterToken token) : ArithmeticNode(token.Column)
{
    public FilterToken Token => token;
}
