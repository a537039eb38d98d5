namespace Vittne.Capture.Filters.Syntax;

/// <content>Numbers and relations.</content>
internal sealed partial class FilterParser
{
    private const int NegationStrength = 6;

    private RelationNode Relation()
    {
        ArithmeticNode left = Arithmetic(0);
        string relation = Now.Kind == TokenKind.Word ? Now.Text : "";
        if (relation is not ("=" or "!=" or "<" or "<=" or ">" or ">="))
        {
            throw Unexpected("an operator or a relation such as \"=\"");
        }

        _at++;
        return new RelationNode(left, relation, Arithmetic(0));
    }

    /// <summary>
    /// Operators that bind at least as strongly. <c>%</c> and <c>^</c> have no strength of their own: they take part whatever stands
    /// to their left, and all to their right is theirs.
    /// </summary>
    private ArithmeticNode Arithmetic(int weakest)
    {
        FilterToken start = Now;
        Enter(start);
        ArithmeticNode left = Operand();
        while (Now.Kind == TokenKind.Word)
        {
            FilterToken sign = Now;
            int strength = sign.Text switch
            {
                "*" or "/" => 5,
                "+" or "-" => 4,
                "<<" or ">>" => 3,
                "&" => 2,
                "|" => 1,
                "%" or "^" => 0,
                _ => -1,
            };
            if (strength < 0 || (strength > 0 && strength < weakest))
            {
                break;
            }

            _at++;
            left = new BinaryNode(left, sign.Text, sign.Column, Arithmetic(strength == 0 ? 0 : strength + 1));
        }

        _depth--;
        return left;
    }

    private ArithmeticNode Operand()
    {
        FilterToken token = Now;
        if (token.Kind == TokenKind.Number)
        {
            _at++;
            return new NumberNode(token);
        }

        if (token.Is("-"))
        {
            _at++;
            return new NegateNode(token.Column, Arithmetic(NegationStrength));
        }

        if (token.Is("("))
        {
            _at++;
            ArithmeticNode inner = Arithmetic(0);
            Take(")", "an operator or \")\"");
            return inner;
        }

        if (token.Is("len"))
        {
            _at++;
            return new LengthNode(token.Column);
        }

        if (!IsProtocol(token))
        {
            throw Unexpected("a number, \"len\" or data such as \"tcp[13]\"");
        }

        _at++;
        Take("[", "\"[\"");
        ArithmeticNode index = Arithmetic(0);
        int size = 1;
        if (Now.Is(":"))
        {
            _at++;
            FilterToken number = Now;
            if (number.Kind != TokenKind.Number || number.Number is not (1 or 2 or 4))
            {
                throw Unexpected("1, 2 or 4 bytes");
            }

            size = (int)number.Number;
            _at++;
        }

        Take("]", "an operator, \":\" or \"]\"");
        return new DataNode(token.Column, ProtocolOf(token), index, size);
    }
}
