namespace Vittne.Capture.Filters.Syntax;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a word the main one of its spellings, of a name without its backslash.</param>
/// <param name="Number">Value of a number or an ARCNET address.</param>
/// <param name="Column">Where it begins, counted from 1.</param>
internal readonly record struct FilterToken(TokenKind Kind, string Text, uint Number, int Column)
{
    /// <summary>What follows a word for what is found in flows; null for other tokens.</summary>
    public string? Value { get; init; }

    /// <summary>Where that begins, counted from 1.</summary>
    public int ValueColumn { get; init; }

    /// <summary>It is this word or operator.</summary>
    public bool Is(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>For messages.</summary>
    public string Shown => Kind == TokenKind.End ? "the end of the expression" : $"\"{Text}\"";
}
