using System.Text;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Explain;

/// <summary>What surprises people about an expression: one line each, in the order of the text.</summary>
internal sealed class FilterHints
{
    private static readonly HashSet<string> Movers = ["vlan", "mpls", "pppoes", "geneve", "vxlan"];

    private readonly List<string> _hints = [];
    private PrimitiveNode? _mover;
    private bool _isMoverNegated;
    private int _negations;

    /// <summary>The hints of an expression.</summary>
    public static IReadOnlyList<string> Of(SyntaxNode? expression)
    {
        var hints = new FilterHints();
        if (expression is not null)
        {
            hints.Visit(expression);
        }

        return hints._hints;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case ChainNode chain:
                Visit(chain.First);
                for (int i = 0; i < chain.Rest.Count; i++)
                {
                    if (i > 0 && chain.Rest[i].IsAnd && !chain.Rest[i - 1].IsAnd)
                    {
                        Tell("\"and\" and \"or\" bind alike, from left to right: `a or b and c` is `(a or b) and c`");
                    }

                    Visit(chain.Rest[i].Node);
                }

                break;
            case NotNode not:
                _negations++;
                Visit(not.Operand);
                _negations--;
                break;
            case RelationNode relation:
                Moved(node);
                Number(relation.Left, isRight: false);
                Number(relation.Right, isRight: false);
                break;
            case PrimitiveNode primitive when Movers.Contains(primitive.Word):
                Mover(primitive);
                break;
            case PrimitiveNode primitive:
                Moved(node);
                Primitive(primitive);
                break;
            case IdNode { Head.Type: TypeWord.Port or TypeWord.PortRange }:
                Moved(node);
                Tell("ports are in first fragments only, and in IPv6 only where no extension header comes before them; `tcp` matches later fragments too");
                if (_negations > 0)
                {
                    Tell("a packet that is cut inside its ports matches neither `port` nor `not port`");
                }

                break;
            default:
                Moved(node);
                break;
        }
    }

    private void Mover(PrimitiveNode primitive)
    {
        if (_mover is { Word: "vlan" } && primitive.Word == "vlan" && primitive.Number is { } inner && _mover.Number is { } outer)
        {
            Tell($"the second `vlan` asks for the inner tag; for either id write `ether proto 0x8100 and (ether[14:2] & 0xfff = {outer} or ether[14:2] & 0xfff = {inner})`");
        }
        else
        {
            Moved(primitive);
        }

        _mover = primitive;
        _isMoverNegated = _negations > 0;
    }

    private void Moved(SyntaxNode node)
    {
        if (_mover is null)
        {
            return;
        }

        string negated = _isMoverNegated ? ", negated or not" : "";
        Tell($"`{_mover.Word}` also moves the offsets of `{FilterText.Normal(node)}`: all to its right in the text is looked for behind it{negated}");
    }

    private void Primitive(PrimitiveNode primitive)
    {
        if (primitive is { Word: "byte", Relation: "&" or "|" })
        {
            Tell($"`byte I {primitive.Relation} V` computes with 0, not with the byte, as the peers do; write `ether[I] {primitive.Relation} V != 0`");
        }
        else if (primitive.Relation == "!=")
        {
            Tell($"`{primitive.Word} !=` means `=`, as with the peers; write `not {primitive.Word} N`");
        }
        else if (primitive is { Word: "multicast", Protocol: ProtocolWord.Ip })
        {
            Tell("`ip multicast` holds for all addresses from 224.0.0.0 on, class E and 255.255.255.255 included");
        }
        else if (primitive is { Word: "broadcast", Protocol: ProtocolWord.Ip })
        {
            Tell("`ip broadcast` needs a network mask; of packets in files it is not known, so that 0.0.0.0 and 255.255.255.255 are meant");
        }
    }

    private void Number(ArithmeticNode node, bool isRight)
    {
        switch (node)
        {
            case DataNode data:
                string text = Text(data);
                if (data.Protocol is >= ProtocolWord.Tcp and <= ProtocolWord.Carp)
                {
                    Tell($"`{text}` is of first fragments in IPv4 only, never in IPv6");
                }

                if (isRight && data.Protocol != ProtocolWord.Link)
                {
                    Tell($"`{text}` is a right operand: that the packet is of its protocol is not tested");
                }

                if (_negations > 0)
                {
                    Tell($"a packet that is cut before `{text}` never matches, negated or not");
                }

                Number(data.Index, isRight: false);
                break;
            case BinaryNode binary:
                if (binary.Operation is "%" or "^" && binary.Right is BinaryNode)
                {
                    Tell($"all to the right of `{binary.Operation}` is its operand: `{Text(binary)}`");
                }

                Number(binary.Left, isRight);
                Number(binary.Right, isRight: true);
                break;
            case NegateNode negate:
                Number(negate.Operand, isRight);
                break;
            default:
                break;
        }
    }

    private static string Text(ArithmeticNode node)
    {
        var text = new StringBuilder();
        FilterText.Write(node, text);
        return text.ToString();
    }

    private void Tell(string hint)
    {
        if (!_hints.Contains(hint))
        {
            _hints.Add(hint);
        }
    }
}
