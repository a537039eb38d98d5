using System.Diagnostics.CodeAnalysis;
using System.Text;
using Vittne.Capture.Filters.Bpf;
using Vittne.Capture.Filters.Explain;
using Vittne.Capture.Filters.Match;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters;

/// <summary>
/// An expression of the pcap-filter language. Syntax and names are looked at once; what the words mean depends on the link type, for which
/// they are compiled when it is first asked for.
/// </summary>
public sealed class PacketFilter
{
    private const int Ethernet = 1;

    // What tcpdump takes when nothing is said, and so what its programs return.
    private const int WholePacket = 262_144;

    private readonly SyntaxNode? _tree;
    private readonly PacketFilter?[] _given;
    private readonly PacketFilterOptions _options;
    private readonly Dictionary<int, CompiledFilter> _compiled = [];
    private readonly Lock _lock = new();
    private CompiledFilter? _last;
    private long _refusedPackets;

    private PacketFilter(string expression, SyntaxNode? tree, IReadOnlyList<FlowTerm> terms, PacketFilterOptions options)
    {
        FlowTerms = terms;
        _given = terms.Count == 0 ? [] : new PacketFilter?[1 << terms.Count];
        Expression = expression;
        _tree = tree;
        _options = options;
    }

    /// <summary>Most words that ask for flows in one expression: each doubles what may have to be compiled.</summary>
    public const int MaxFlowTerms = 6;

    /// <summary>
    /// What the expression asks of flows and streams, by number; empty where <see cref="PacketFilterOptions.AllowsFlowTerms"/> is not set. With some,
    /// <see cref="Given"/> is the filter, and this one takes what passes when none of them holds.
    /// </summary>
    public IReadOnlyList<FlowTerm> FlowTerms { get; }

    /// <summary>The expression as it was given.</summary>
    public string Expression { get; }

    /// <summary>Packets of link types that do not have the expression's words; none of them matched.</summary>
    public long RefusedPackets => Interlocked.Read(ref _refusedPackets) + _given.Sum(static given => given?.RefusedPackets ?? 0);

    /// <summary>Reads an expression. An empty one matches every packet.</summary>
    /// <param name="expression">The text.</param>
    /// <param name="options">What it may use.</param>
    /// <param name="filter">The filter, when the text is one on any link type.</param>
    /// <param name="error">Why it is none.</param>
    public static bool TryParse(
        string expression,
        PacketFilterOptions options,
        [NotNullWhen(true)] out PacketFilter? filter,
        [NotNullWhen(false)] out FilterError? error)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(options);
        filter = null;
        try
        {
            SyntaxNode? tree = FilterParser.Parse(expression, out IReadOnlyList<FlowTerm> terms);
            filter = new PacketFilter(expression, tree, terms, options);
        }
        catch (FilterRefusedException refused)
        {
            error = refused.ToError(expression);
            return false;
        }

        // Names and qualifiers are the same everywhere; what Ethernet lacks another link type may have.
        if (!filter.TryPrepare(Ethernet, out error) && !error.DependsOnLinkType)
        {
            filter = null;
            return false;
        }

        error = null;
        return true;
    }

    /// <summary>The filter for packets of which it is known what flows say.</summary>
    /// <param name="holding">The flow terms that hold, a bit each.</param>
    public PacketFilter Given(uint holding)
    {
        if (_given.Length == 0)
        {
            return this;
        }

        lock (_lock)
        {
            return _given[holding] ??= new PacketFilter(Expression, _tree, [], _options with { HoldingTerms = holding });
        }
    }

    /// <summary>Compiles for a link type, so that a refusal can be told before any output is opened.</summary>
    /// <param name="linkType">LINKTYPE_ value.</param>
    /// <param name="error">Which word the link type does not have.</param>
    public bool TryPrepare(int linkType, [NotNullWhen(false)] out FilterError? error)
    {
        error = Compiled(linkType).Error;
        return error is null;
    }

    /// <summary>Whether a packet of a batch matches. One whose link type lacks the expression's words does not, and is counted.</summary>
    public bool Matches(PacketBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ref readonly PacketRef packet = ref batch.Packets[index];
        return Matches(packet.LinkType, batch.Bytes(index), packet.OriginalLength);
    }

    /// <summary>Whether a packet matches.</summary>
    /// <param name="linkType">LINKTYPE_ value of its interface.</param>
    /// <param name="captured">Captured bytes.</param>
    /// <param name="originalLength">Bytes on the wire.</param>
    public bool Matches(int linkType, ReadOnlySpan<byte> captured, int originalLength)
    {
        CompiledFilter? compiled = _last;
        if (compiled is null || compiled.LinkType != linkType)
        {
            compiled = Compiled(linkType);
            _last = compiled;
        }

        if (compiled.Error is null)
        {
            return compiled.Program.Matches(captured, originalLength);
        }

        compiled.IsAsked = true;
        Interlocked.Increment(ref _refusedPackets);
        return false;
    }

    /// <summary>One sentence for each link type that was asked about and lacks the expression's words, in the order of their numbers.</summary>
    public IReadOnlyList<string> Refusals()
    {
        lock (_lock)
        {
            return
            [
                .. _given.SelectMany(static given => given?.Refusals() ?? []).Distinct(),
                .. _compiled.Values.Where(compiled => compiled.Error is not null && compiled.IsAsked)
                    .OrderBy(compiled => compiled.LinkType)
                    .Select(compiled => $"filter: no packet of link type {LinkTypeNames.Of((ushort)compiled.LinkType)} was looked at: {compiled.Error}"),
            ];
        }
    }

    /// <summary>The program for a link type, for loops over many packets of it; one that matches nothing where the words are refused.</summary>
    /// <param name="linkType">LINKTYPE_ value.</param>
    public FilterProgram For(int linkType)
    {
        CompiledFilter compiled = Compiled(linkType);
        compiled.IsAsked = true;
        return compiled.Program;
    }

    /// <summary>It is certain that no packet of a link type can match; false when the link type lacks the words.</summary>
    /// <param name="linkType">LINKTYPE_ value.</param>
    public bool ProvenEmpty(int linkType) => Compiled(linkType) is { Error: null, Program.RejectsAll: true };

    /// <summary>The program in classic BPF; one that rejects everything when the link type lacks the words.</summary>
    /// <param name="linkType">LINKTYPE_ value of the packets.</param>
    /// <param name="snapLength">Bytes to take of a packet that matches.</param>
    /// <param name="target">What runs it.</param>
    public BpfProgram ToBpf(int linkType, int snapLength, BpfTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(snapLength);
        // What flows say is not known to who runs the program: all packets pass, and who knows decides.
        bool asksFlows = FlowTerms.Count > 0;
        CompiledFilter compiled = asksFlows ? CompiledFilter.Of("", tree: null, linkType, _options) : Compiled(linkType);
        BpfProgram program = BpfCompiler.Compile(compiled.Graph, linkType, (uint)snapLength, target);
        return asksFlows ? program with { IsWider = true } : program;
    }

    /// <summary>
    /// What the expression means for a link type: the text with all its qualifiers and brackets, its tree, its program, and what surprises
    /// people about it.
    /// </summary>
    /// <param name="linkType">LINKTYPE_ value.</param>
    public string Explain(int linkType)
    {
        var text = new StringBuilder();
        text.Append("expression: ").Append(FilterText.Normal(_tree)).Append('\n');
        text.Append("link type: ").Append(LinkTypeNames.Of((ushort)linkType)).Append('\n');
        if (Compiled(linkType).Error is { } error)
        {
            return text.Append("refused: ").Append(error).Append('\n').ToString();
        }

        string tree = FilterText.Tree(_tree);
        text.Append(tree.Length == 0 ? "" : "tree:\n").Append(tree);
        if (ProvenEmpty(linkType))
        {
            text.Append("no packet can match\n");
        }

        foreach (string hint in FilterHints.Of(_tree))
        {
            text.Append("hint: ").Append(hint).Append('\n');
        }

        BpfProgram program = ToBpf(linkType, WholePacket, BpfTarget.File);
        text.Append(program.IsWider
            ? "program (lets more packets pass where BPF cannot do what the matcher does):\n"
            : "program:\n");
        return text.Append(BpfText.Listing(program)).ToString();
    }

    /// <summary>The program alone, in one of its forms.</summary>
    /// <param name="linkType">LINKTYPE_ value.</param>
    /// <param name="form">The form.</param>
    public string ExplainCode(int linkType, CodeForm form)
    {
        BpfProgram program = ToBpf(linkType, WholePacket, BpfTarget.File);
        return form switch
        {
            CodeForm.Initialisers => BpfText.Initialisers(program),
            CodeForm.Numbers => BpfText.Numbers(program),
            _ => BpfText.Listing(program),
        };
    }

    private CompiledFilter Compiled(int linkType)
    {
        lock (_lock)
        {
            if (!_compiled.TryGetValue(linkType, out CompiledFilter? compiled))
            {
                compiled = CompiledFilter.Of(Expression, _tree, linkType, _options);
                _compiled.Add(linkType, compiled);
            }

            return compiled;
        }
    }
}
