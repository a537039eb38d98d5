using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vittne.Capture.Filters;
using Vittne.Protocols.Patterns;

namespace Vittne.Engine.Spine.Terms;

/// <summary>What a filter expression asks of flows, read: <see cref="PacketFilter.FlowTerms"/>.</summary>
public sealed class FlowTermSet
{
    private const string CommunityVersion = "1:";
    private const int CommunityLength = 20;

    private readonly FlowTerm[] _terms;
    private readonly FlowNameTest?[] _names;
    private readonly BytePattern?[] _patterns;
    private readonly long[] _numbers;

    private FlowTermSet(IReadOnlyList<FlowTerm> terms)
    {
        _terms = [.. terms];
        _names = new FlowNameTest?[_terms.Length];
        _patterns = new BytePattern?[_terms.Length];
        _numbers = new long[_terms.Length];
    }

    /// <summary>
    /// True when a term asks what a later packet of the flow may tell, or which flow of the run it is: then the captures are read twice, and a pipe or
    /// an interface cannot be.
    /// </summary>
    public bool NeedsSecondRead => Array.Exists(_terms, static term => term.Kind is FlowTermKind.Flow or FlowTermKind.Sni or FlowTermKind.HostName);

    internal int Count => _terms.Length;

    /// <summary>Reads the terms of a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="set">The terms; null when there are none, and after an error.</param>
    /// <param name="error">What is wrong; null when nothing is.</param>
    public static bool TryRead(PacketFilter filter, out FlowTermSet? set, [NotNullWhen(false)] out FilterError? error)
    {
        ArgumentNullException.ThrowIfNull(filter);
        set = null;
        error = null;
        if (filter.FlowTerms.Count == 0)
        {
            return true;
        }

        var read = new FlowTermSet(filter.FlowTerms);
        for (int i = 0; i < read._terms.Length; i++)
        {
            if (read.Read(i) is { } problem)
            {
                error = new FilterError(read._terms[i].Column, problem, null, filter.Expression, DependsOnLinkType: false);
                return false;
            }
        }

        set = read;
        return true;
    }

    internal FlowTermKind KindOf(int term) => _terms[term].Kind;

    /// <summary>Whether a flow has the number that a term asks for.</summary>
    internal uint OfNumber(long flow)
    {
        uint holding = 0;
        for (int i = 0; i < _terms.Length; i++)
        {
            holding |= _terms[i].Kind == FlowTermKind.Flow && _numbers[i] == flow ? 1u << i : 0;
        }

        return holding;
    }

    /// <summary>Which terms a name of a flow makes true.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isSni">True when it is the server name of a handshake.</param>
    internal uint OfName(ReadOnlySpan<byte> name, bool isSni)
    {
        uint holding = 0;
        for (int i = 0; i < _terms.Length; i++)
        {
            holding |= (_terms[i].Kind == FlowTermKind.HostName || isSni) && _names[i] is { } wanted && wanted.Holds(name) ? 1u << i : 0;
        }

        return holding;
    }

    /// <summary>Which terms the payload of a packet makes true.</summary>
    internal uint OfPayload(ReadOnlySpan<byte> payload)
    {
        uint holding = 0;
        for (int i = 0; i < _patterns.Length; i++)
        {
            holding |= !payload.IsEmpty && _patterns[i] is { } pattern && pattern.IsMatch(payload) ? 1u << i : 0;
        }

        return holding;
    }

    /// <summary>Which terms a Community ID makes true.</summary>
    internal uint OfCommunityId(string id)
    {
        uint holding = 0;
        for (int i = 0; i < _terms.Length; i++)
        {
            holding |= _terms[i].Kind == FlowTermKind.CommunityId && _terms[i].Value == id ? 1u << i : 0;
        }

        return holding;
    }

    internal bool Has(FlowTermKind kind) => Array.Exists(_terms, term => term.Kind == kind);

    private string? Read(int i)
    {
        string value = _terms[i].Value;
        switch (_terms[i].Kind)
        {
            case FlowTermKind.CommunityId:
                return value.StartsWith(CommunityVersion, StringComparison.Ordinal)
                    && Base64.IsValid(value.AsSpan(CommunityVersion.Length), out int length) && length == CommunityLength
                    ? null
                    : $"\"{value}\" is no Community ID of version 1, such as 1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=";
            case FlowTermKind.Flow:
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _numbers[i]) && _numbers[i] > 0
                    ? null
                    : $"\"{value}\" is no number of a flow, as \"flow\" of records tells it";
            case FlowTermKind.Payload:
                if (!BytePattern.TryParse(value, new BytePatternOptions { DotAll = true }, out _patterns[i], out BytePatternError? error))
                {
                    return $"the pattern \"{value}\" has an error at its character {error.Column}: {error.Message}";
                }

                return null;
            default:
                _names[i] = FlowNameTest.TryParse(value);
                return _names[i] is null ? $"\"{value}\" is no name of a host" : null;
        }
    }
}
