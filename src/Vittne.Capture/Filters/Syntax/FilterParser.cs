namespace Vittne.Capture.Filters.Syntax;

/// <summary>
/// Reads an expression. It does not know link types; names and qualifiers are looked at later. <c>and</c> and <c>or</c> bind alike, from
/// left to right, and an id behind them takes over the qualifiers of what stands to its left.
/// </summary>
internal sealed partial class FilterParser
{
    /// <summary>Brackets and <c>not</c> may nest as deeply; more is no work of people, and would exhaust the stack.</summary>
    public const int DeepestNesting = 1_000;

    private readonly FilterToken[] _tokens;
    private readonly List<FlowTerm> _terms = [];
    private int _at;
    private int _depth;

    private FilterParser(FilterToken[] tokens) => _tokens = tokens;

    private FilterToken Now => _tokens[_at];

    /// <summary>The tree of an expression; null when it is empty: every packet.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="terms">What is asked of flows, by number; empty for nothing.</param>
    /// <exception cref="FilterRefusedException">It is none.</exception>
    public static SyntaxNode? Parse(string text, out IReadOnlyList<FlowTerm> terms)
    {
        var parser = new FilterParser(FilterLexer.Tokens(text));
        terms = parser._terms;
        if (parser.Now.Kind == TokenKind.End)
        {
            return null;
        }

        (SyntaxNode node, _) = parser.Expression(null);
        return parser.Now.Kind == TokenKind.End ? node : throw parser.Unexpected("\"and\", \"or\" or the end");
    }

    private (SyntaxNode Node, Head? Head) Expression(Head? inherited)
    {
        (SyntaxNode first, Head? head) = IsIdAhead() && inherited is null
            ? throw Unqualified()
            : Term(inherited);
        List<(bool, SyntaxNode)>? rest = null;
        while (Now.Is("and") || Now.Is("or"))
        {
            bool isAnd = Now.Is("and");
            _at++;
            (SyntaxNode node, Head? own) = IsIdAhead() ? (Id(head), head) : Term(head);
            head = own;
            rest ??= [];
            rest.Add((isAnd, node));
        }

        return (rest is null ? first : new ChainNode(first, rest), head);
    }

    private (SyntaxNode Node, Head? Head) Term(Head? inherited)
    {
        FilterToken token = Now;
        if (token.Is("!"))
        {
            _at++;
            Enter(token);
            (SyntaxNode operand, Head? head) = Term(inherited);
            _depth--;
            return (new NotNode(token.Column, operand), head);
        }

        if (token.Is("(") && !IsRelationAhead())
        {
            _at++;
            Enter(token);
            (SyntaxNode inner, Head? head) = Expression(inherited);
            _depth--;
            Take(")", "\"and\", \"or\" or \")\"");
            return (inner, head);
        }

        if (IsRelationAhead())
        {
            return (Relation(), null);
        }

        if (token.Kind == TokenKind.FlowTerm)
        {
            return (Term(token), null);
        }

        return token.Kind == TokenKind.Word ? Qualified(token) : throw Unexpected("a word of the filter language");
    }

    private FlowTermNode Term(FilterToken token)
    {
        if (_terms.Count == PacketFilter.MaxFlowTerms)
        {
            throw new FilterRefusedException(token.Column, $"more than {PacketFilter.MaxFlowTerms} words that ask for flows");
        }

        _at++;
        FlowWords.TryFind(token.Text, out FlowTermKind kind);
        _terms.Add(new FlowTerm(kind, token.Value ?? "", token.ValueColumn));
        return new FlowTermNode(token.Column, token.Text, _terms.Count - 1, _terms[^1]);
    }

    /// <summary>
    /// An id, or ids in brackets, begins here: behind <c>and</c>, <c>or</c> and a head. What follows brackets and <c>not</c> decides; a
    /// number may also begin a relation.
    /// </summary>
    private bool IsIdAhead()
    {
        int at = _at;
        int open = 0;
        while (_tokens[at].Is("(") || _tokens[at].Is("!"))
        {
            open = _tokens[at].Is("(") ? open + 1 : 0;
            at++;
        }

        switch (_tokens[at].Kind)
        {
            case TokenKind.Name or TokenKind.Address or TokenKind.Address6 or TokenKind.Mac or TokenKind.Arcnet:
                return true;
            case TokenKind.Number:
                at++;
                while (open > 0 && _tokens[at].Is(")"))
                {
                    open--;
                    at++;
                }

                return !IsArithmeticSign(_tokens[at]);
            default:
                return false;
        }
    }

    /// <summary>A number begins here, in brackets or not, and with it a relation.</summary>
    private bool IsRelationAhead()
    {
        int at = _at;
        int open = 0;
        while (_tokens[at].Is("("))
        {
            open++;
            at++;
        }

        FilterToken token = _tokens[at];
        if (token.Is("-") || token.Is("len") || token.Kind == TokenKind.Number || (IsProtocol(token) && _tokens[at + 1].Is("[")))
        {
            // A bracket before it may hold the whole relation: then it is the bracket of an expression.
            return open == 0 || IsNumberInBrackets();
        }

        return false;
    }

    /// <summary>The bracket that opens here closes before a sign of arithmetic or a relation.</summary>
    private bool IsNumberInBrackets()
    {
        int depth = 0;
        for (int at = _at; at < _tokens.Length; at++)
        {
            FilterToken token = _tokens[at];
            depth += token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;
            if (depth == 0)
            {
                return IsArithmeticSign(_tokens[at + 1]);
            }
        }

        return false;
    }

    private static bool IsArithmeticSign(FilterToken token) =>
        token.Kind == TokenKind.Word
        && token.Text is "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" or "<<" or ">>" or "=" or "!=" or "<" or "<=" or ">" or ">=";

    private void Enter(FilterToken token)
    {
        if (++_depth > DeepestNesting)
        {
            throw new FilterRefusedException(token.Column, $"more than {DeepestNesting} brackets and \"not\" inside each other");
        }
    }

    private void Take(string word, string expected)
    {
        if (!Now.Is(word))
        {
            throw Unexpected(expected);
        }

        _at++;
    }

    private FilterToken TakeNumber(string expected)
    {
        int open = 0;
        while (Now.Is("("))
        {
            open++;
            _at++;
        }

        FilterToken token = Now;
        if (token.Kind != TokenKind.Number)
        {
            throw Unexpected(expected);
        }

        _at++;
        for (; open > 0; open--)
        {
            Take(")", "\")\"");
        }

        return token;
    }

    private FilterRefusedException Unexpected(string expected) =>
        FlowWords.Refusal(Now)
        ?? (_at > 0 ? FlowWords.Refusal(_tokens[_at - 1]) : null)
        ?? new FilterRefusedException(Now.Column, $"{Now.Shown} cannot stand here", expected);

    /// <summary>For an id at the start, which may be behind brackets and <c>not</c>.</summary>
    private FilterRefusedException Unqualified()
    {
        int at = _at;
        while (_tokens[at].Is("(") || _tokens[at].Is("!"))
        {
            at++;
        }

        return FlowWords.Refusal(_tokens[at]) ?? Unexpected("a qualifier such as \"host\", \"net\" or \"port\" before it");
    }
}
