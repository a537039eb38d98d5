namespace Vittne.Capture.Filters.Syntax;

/// <content>Words and what belongs to them.</content>
internal sealed partial class FilterParser
{
    private static bool IsProtocol(FilterToken token) => ProtocolOf(token) != ProtocolWord.None;

    private static ProtocolWord ProtocolOf(FilterToken token)
    {
        if (token.Kind != TokenKind.Word || !char.IsAsciiLetterLower(token.Text[0]))
        {
            return ProtocolWord.None;
        }

        return Enum.TryParse(token.Text, ignoreCase: true, out ProtocolWord protocol) ? protocol : ProtocolWord.None;
    }

    private (SyntaxNode Node, Head? Head) Qualified(FilterToken start)
    {
        ProtocolWord protocol = ProtocolOf(start);
        if (protocol != ProtocolWord.None)
        {
            _at++;
        }

        if (TryPrimitive(start, protocol, out PrimitiveNode? primitive))
        {
            return (primitive, null);
        }

        DirectionWord direction = Direction();
        TypeWord type = Type(isAfterDirection: direction != DirectionWord.None);
        if (direction == DirectionWord.None && type == TypeWord.None)
        {
            return protocol == ProtocolWord.None
                ? throw Unexpected("a protocol, \"host\", \"net\", \"port\" or a relation")
                : (new ProtocolNode(start.Column, protocol), null);
        }

        var head = new Head(protocol, direction, type);
        return (Id(head), head);
    }

    private DirectionWord Direction()
    {
        FilterToken token = Now;
        if (token.Is("src") || token.Is("dst"))
        {
            _at++;
            string other = token.Is("src") ? "dst" : "src";
            if ((Now.Is("or") || Now.Is("and")) && _tokens[_at + 1].Is(other))
            {
                DirectionWord both = Now.Is("or") ? DirectionWord.Either : DirectionWord.Both;
                _at += 2;
                return both;
            }

            return token.Is("src") ? DirectionWord.Source : DirectionWord.Destination;
        }

        DirectionWord address = token.Kind == TokenKind.Word
            ? token.Text switch
            {
                "addr1" => DirectionWord.Address1,
                "addr2" => DirectionWord.Address2,
                "addr3" => DirectionWord.Address3,
                "addr4" => DirectionWord.Address4,
                "ra" => DirectionWord.Receiver,
                "ta" => DirectionWord.Transmitter,
                _ => DirectionWord.None,
            }
            : DirectionWord.None;
        _at += address == DirectionWord.None ? 0 : 1;
        return address;
    }

    private TypeWord Type(bool isAfterDirection)
    {
        TypeWord type = Now.Kind == TokenKind.Word
            ? Now.Text switch
            {
                "host" => TypeWord.Host,
                "net" => TypeWord.Net,
                "port" => TypeWord.Port,
                "portrange" => TypeWord.PortRange,
                "proto" => TypeWord.Protocol,
                "protochain" => TypeWord.ProtocolChain,
                "gateway" => TypeWord.Gateway,
                _ => TypeWord.None,
            }
            : TypeWord.None;
        if (isAfterDirection && type >= TypeWord.Protocol)
        {
            throw Unexpected("\"host\", \"net\", \"port\", \"portrange\" or an address");
        }

        _at += type == TypeWord.None ? 0 : 1;
        return type;
    }

    private bool TryPrimitive(FilterToken start, ProtocolWord protocol, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PrimitiveNode? node)
    {
        FilterToken token = Now;
        node = null;
        if (token.Kind != TokenKind.Word)
        {
            return false;
        }

        switch (token.Text)
        {
            case "broadcast" or "multicast":
                _at++;
                node = new PrimitiveNode(start.Column, token.Text) { Protocol = protocol };
                return true;
            case "type" or "subtype" or "dir":
                node = Wireless(start, protocol);
                return true;
            case "llc" when protocol == ProtocolWord.None:
                _at++;
                bool hasKind = Now.Kind == TokenKind.Name || Now.Is("rnr");
                node = new PrimitiveNode(start.Column, "llc") { Values = hasKind ? [_tokens[_at++]] : [] };
                return true;
            default:
                break;
        }

        if (protocol != ProtocolWord.None)
        {
            return false;
        }

        switch (token.Text)
        {
            case "less" or "greater" or "ifindex":
                _at++;
                if (Now.Kind != TokenKind.Number)
                {
                    throw Unexpected("a number");
                }

                node = new PrimitiveNode(start.Column, token.Text) { Values = [_tokens[_at++]] };
                return true;
            case "byte":
                node = ByteTest(start);
                return true;
            case "inbound" or "outbound" or "pppoed" or "lane" or "metac" or "bcc" or "sc" or "ilmic" or "oam" or "oamf4" or "oamf4ec" or "oamf4sc"
                or "connectmsg" or "metaconnect" or "fisu" or "lssu" or "msu" or "hfisu" or "hlssu" or "hmsu":
                _at++;
                node = new PrimitiveNode(start.Column, token.Text);
                return true;
            case "vlan" or "mpls" or "pppoes" or "geneve" or "vxlan":
                _at++;
                bool hasNumber = IsIdAhead() || Now.Kind == TokenKind.Number;
                node = new PrimitiveNode(start.Column, token.Text) { Values = hasNumber ? [TakeNumber("a number")] : [] };
                return true;
            case "on" or "rset" or "reason" or "action" or "rnr" or "srnr":
                node = PacketFilterLog(start);
                return true;
            case "vpi" or "vci" or "sio" or "opc" or "dpc" or "sls" or "hsio" or "hopc" or "hdpc" or "hsls":
                node = Field(start);
                return true;
            default:
                return false;
        }
    }

    private PrimitiveNode ByteTest(FilterToken start)
    {
        _at++;
        FilterToken index = Now.Kind == TokenKind.Number ? _tokens[_at++] : throw Unexpected("the number of a byte");
        if (Now.Kind != TokenKind.Word || Now.Text is not ("=" or "<" or ">" or "&" or "|"))
        {
            throw Unexpected("\"=\", \"<\", \">\", \"&\" or \"|\"");
        }

        string relation = _tokens[_at++].Text;
        FilterToken value = Now.Kind == TokenKind.Number ? _tokens[_at++] : throw Unexpected("a number");
        return new PrimitiveNode(start.Column, "byte") { Values = [index, value], Relation = relation };
    }

    private PrimitiveNode PacketFilterLog(FilterToken start)
    {
        _at++;
        FilterToken value = Now;
        bool fits = start.Text switch
        {
            "on" or "rset" => value.Kind == TokenKind.Name,
            "rnr" or "srnr" => value.Kind == TokenKind.Number,
            _ => value.Kind is TokenKind.Name or TokenKind.Number,
        };
        if (!fits)
        {
            throw Unexpected(start.Text is "rnr" or "srnr" ? "a number" : "a name");
        }

        _at++;
        return new PrimitiveNode(start.Column, start.Text) { Values = [value] };
    }

    private PrimitiveNode Wireless(FilterToken start, ProtocolWord protocol)
    {
        string word = Now.Text;
        _at++;
        var values = new List<FilterToken> { WirelessValue() };
        if (word == "type" && Now.Is("subtype"))
        {
            _at++;
            values.Add(WirelessValue());
        }

        return new PrimitiveNode(start.Column, word) { Protocol = protocol, Values = values };
    }

    private FilterToken WirelessValue()
    {
        if (Now.Kind == TokenKind.Name)
        {
            return _tokens[_at++];
        }

        return TakeNumber("a number or a name");
    }

    /// <summary>A field and a value, a relation and a value, or values in brackets with <c>or</c> between.</summary>
    private PrimitiveNode Field(FilterToken start)
    {
        _at++;
        string? relation = null;
        if (Now.Kind == TokenKind.Word && Now.Text is "=" or "!=" or "<" or "<=" or ">" or ">=")
        {
            relation = Now.Text;
            _at++;
        }
        else if (Now.Is("("))
        {
            _at++;
            var values = new List<FilterToken> { FieldValue() };
            while (Now.Is("or"))
            {
                _at++;
                values.Add(FieldValue());
            }

            Take(")", "\"or\" or \")\"");
            return new PrimitiveNode(start.Column, start.Text) { Values = values };
        }

        return new PrimitiveNode(start.Column, start.Text) { Relation = relation, Values = [FieldValue()] };
    }

    private FilterToken FieldValue() => Now.Kind == TokenKind.Number ? _tokens[_at++] : throw Unexpected("a number");
}
