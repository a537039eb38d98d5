using System.Text;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Explain;

/// <summary>Writes an expression so that nothing is left to take over or to guess: all qualifiers, all brackets.</summary>
internal static class FilterText
{
    /// <summary>The whole expression.</summary>
    public static string Normal(SyntaxNode? node)
    {
        var text = new StringBuilder();
        if (node is not null)
        {
            Write(node, text, isInside: false);
        }

        return text.Length == 0 ? "(every packet)" : text.ToString();
    }

    /// <summary>One line a word, indented by what it belongs to.</summary>
    public static string Tree(SyntaxNode? node)
    {
        var text = new StringBuilder();
        if (node is not null)
        {
            WriteTree(node, text, 1);
        }

        return text.ToString();
    }

    /// <summary>A number or what it is made of.</summary>
    public static void Write(ArithmeticNode node, StringBuilder text)
    {
        switch (node)
        {
            case NumberNode number:
                text.Append(number.Token.Text);
                break;
            case LengthNode:
                text.Append("len");
                break;
            case NegateNode negate:
                text.Append("- ");
                Write(negate.Operand, text);
                break;
            case DataNode data:
                text.Append(Spelling(data.Protocol)).Append('[');
                Write(data.Index, text);
                text.Append(data.Size == 1 ? "" : $":{data.Size}").Append(']');
                break;
            case BinaryNode binary:
                text.Append('(');
                Write(binary.Left, text);
                text.Append(' ').Append(binary.Operation).Append(' ');
                Write(binary.Right, text);
                text.Append(')');
                break;
            default:
                break;
        }
    }

    private static void Write(SyntaxNode node, StringBuilder text, bool isInside)
    {
        switch (node)
        {
            case ChainNode chain:
                int turns = 0;
                for (int i = 1; i < chain.Rest.Count; i++)
                {
                    turns += chain.Rest[i].IsAnd == chain.Rest[i - 1].IsAnd ? 0 : 1;
                }

                text.Append('(', turns + (isInside ? 1 : 0));
                Write(chain.First, text, isInside: true);
                for (int i = 0; i < chain.Rest.Count; i++)
                {
                    text.Append(i > 0 && chain.Rest[i].IsAnd != chain.Rest[i - 1].IsAnd ? ")" : "").Append(chain.Rest[i].IsAnd ? " and " : " or ");
                    Write(chain.Rest[i].Node, text, isInside: true);
                }

                text.Append(isInside ? ")" : "");
                break;
            case NotNode not:
                text.Append("not ");
                Write(not.Operand, text, isInside: true);
                break;
            default:
                WriteLeaf(node, text);
                break;
        }
    }

    private static void WriteLeaf(SyntaxNode node, StringBuilder text)
    {
        switch (node)
        {
            case ProtocolNode protocol:
                text.Append(Spelling(protocol.Protocol));
                break;
            case RelationNode relation:
                Write(relation.Left, text);
                text.Append(' ').Append(relation.Relation).Append(' ');
                Write(relation.Right, text);
                break;
            case IdNode id:
                WriteId(id, text);
                break;
            case FlowTermNode term:
                text.Append(term.Word).Append(" \"").Append(term.Term.Value.Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                break;
            case PrimitiveNode primitive:
                text.Append(primitive.Protocol == ProtocolWord.None ? "" : Spelling(primitive.Protocol) + " ").Append(primitive.Word);
                if (primitive.Word == "byte")
                {
                    text.Append($" {primitive.Values[0].Text} {primitive.Relation} {primitive.Values[1].Text}");
                    break;
                }

                text.Append(primitive.Relation is null ? "" : $" {primitive.Relation}");
                string values = string.Join(primitive.Word == "type" ? " subtype " : " or ", primitive.Values.Select(value => value.Text));
                bool isList = primitive.Values.Count > 1 && primitive.Word != "type";
                text.Append(values.Length == 0 ? "" : isList ? $" ({values})" : $" {values}");
                break;
            default:
                break;
        }
    }

    private static void WriteId(IdNode id, StringBuilder text)
    {
        Head head = id.Head ?? default;
        // A host is meant where nothing is said, and an Ethernet address says it itself.
        TypeWord type = head.Type == TypeWord.None ? TypeWord.Host : head.Type;
        string[] words = [Spelling(head.Protocol), Head.Text(head.Direction), Head.Text(type)];
        foreach (string word in words)
        {
            text.Append(word.Length == 0 ? "" : word + " ");
        }

        bool isKeyword = id.Kind == IdKind.Name && FilterWords.TryFind(id.Text, out _);
        text.Append(isKeyword ? "\\" : "").Append(id.Text);
        text.Append(id.Kind switch
        {
            IdKind.AddressLength or IdKind.Address6Length => $"/{id.Number}",
            IdKind.AddressMask => $" mask {id.Mask}",
            _ => "",
        });
    }

    private static void WriteTree(SyntaxNode node, StringBuilder text, int depth)
    {
        string indent = new(' ', depth * 2);
        switch (node)
        {
            case ChainNode chain:
                // Written as it is evaluated: the last word decides first what the brackets are.
                for (int i = chain.Rest.Count - 1; i > 0; i--)
                {
                    if (chain.Rest[i].IsAnd != chain.Rest[i - 1].IsAnd)
                    {
                        text.Append(indent).Append(chain.Rest[i].IsAnd ? "and\n" : "or\n");
                        WriteTree(new ChainNode(chain.First, [.. chain.Rest.Take(i)]), text, depth + 1);
                        foreach ((_, SyntaxNode next) in chain.Rest.Skip(i))
                        {
                            WriteTree(next, text, depth + 1);
                        }

                        return;
                    }
                }

                text.Append(indent).Append(chain.Rest[0].IsAnd ? "and\n" : "or\n");
                WriteTree(chain.First, text, depth + 1);
                foreach ((_, SyntaxNode next) in chain.Rest)
                {
                    WriteTree(next, text, depth + 1);
                }

                break;
            case NotNode not:
                text.Append(indent).Append("not\n");
                WriteTree(not.Operand, text, depth + 1);
                break;
            default:
                text.Append(indent);
                WriteLeaf(node, text);
                text.Append(node switch
                {
                    ProtocolNode => "    : protocol\n",
                    RelationNode => "    : relation of numbers of 32 bits without sign\n",
                    IdNode { Head.Type: TypeWord.Port or TypeWord.PortRange } => "    : ports\n",
                    IdNode { Head.Type: TypeWord.Protocol or TypeWord.ProtocolChain } => "    : protocol\n",
                    IdNode { Kind: IdKind.Mac or IdKind.Arcnet } => "    : link layer address\n",
                    IdNode { Kind: IdKind.Address6 or IdKind.Address6Length } => "    : IPv6 address\n",
                    IdNode { Head.Protocol: ProtocolWord.Decnet } => "    : DECnet address\n",
                    IdNode => "    : IPv4 address\n",
                    _ => "\n",
                });
                break;
        }
    }

    private static string Spelling(ProtocolWord word) => word == ProtocolWord.Link ? "ether" : Head.Text(word);
}
