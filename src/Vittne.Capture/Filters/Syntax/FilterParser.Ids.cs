namespace Vittne.Capture.Filters.Syntax;

/// <content>Ids.</content>
internal sealed partial class FilterParser
{
    private SyntaxNode Id(Head? head)
    {
        FilterToken token = Now;
        if (token.Is("!"))
        {
            _at++;
            Enter(token);
            SyntaxNode operand = Id(head);
            _depth--;
            return new NotNode(token.Column, operand);
        }

        if (token.Is("("))
        {
            _at++;
            Enter(token);
            SyntaxNode inner = Ids(head);
            _depth--;
            Take(")", "\"and\", \"or\" or \")\"");
            return inner;
        }

        _at++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new IdNode(token.Column, head, IdKind.Number, token.Text, token.Number);
            case TokenKind.Name:
                return new IdNode(token.Column, head, IdKind.Name, token.Text, 0);
            case TokenKind.Mac:
                return new IdNode(token.Column, head, IdKind.Mac, token.Text, 0);
            case TokenKind.Arcnet:
                return new IdNode(token.Column, head, IdKind.Arcnet, token.Text, token.Number);
            case TokenKind.Address when Now.Is("mask"):
                _at++;
                FilterToken mask = Now;
                if (mask.Kind != TokenKind.Address)
                {
                    throw Unexpected("a mask such as 255.255.0.0");
                }

                _at++;
                return new IdNode(token.Column, head, IdKind.AddressMask, token.Text, 0, mask.Text);
            case TokenKind.Address:
                return TryTakeLength(out uint length)
                    ? new IdNode(token.Column, head, IdKind.AddressLength, token.Text, length)
                    : new IdNode(token.Column, head, IdKind.Address, token.Text, 0);
            case TokenKind.Address6:
                return TryTakeLength(out uint length6)
                    ? new IdNode(token.Column, head, IdKind.Address6Length, token.Text, length6)
                    : new IdNode(token.Column, head, IdKind.Address6, token.Text, 128);
            default:
                _at--;
                throw Unexpected(head is { Type: TypeWord.Port or TypeWord.PortRange }
                    ? "a port number or the name of a service" : "an address, a number or a name");
        }
    }

    private SyntaxNode Ids(Head? head)
    {
        SyntaxNode first = Id(head);
        List<(bool, SyntaxNode)>? rest = null;
        while (Now.Is("and") || Now.Is("or"))
        {
            bool isAnd = Now.Is("and");
            _at++;
            rest ??= [];
            rest.Add((isAnd, Id(head)));
        }

        return rest is null ? first : new ChainNode(first, rest);
    }

    private bool TryTakeLength(out uint length)
    {
        length = 0;
        if (!Now.Is("/"))
        {
            return false;
        }

        _at++;
        if (Now.Kind != TokenKind.Number)
        {
            throw Unexpected("the length of a prefix");
        }

        length = Now.Number;
        _at++;
        return true;
    }
}
