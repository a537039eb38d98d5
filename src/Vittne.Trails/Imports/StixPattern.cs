namespace Vittne.Trails.Imports;

/// <summary>
/// Reads a STIX pattern (STIX 2.1 section 9) into alternatives, each of which is a list of comparisons that all must hold. Length, depth
/// and number of alternatives are bounded. Observations joined by <c>AND</c> or <c>FOLLOWEDBY</c> and qualifiers (<c>WITHIN</c>,
/// <c>REPEATS</c>, <c>START</c>) say something about time or several sightings, which no trail can.
/// </summary>
internal sealed class StixPattern
{
    private const int MaxLength = 65_536;
    private const int MaxDepth = 32;
    private const int MaxAlternatives = 4_096;
    private const int MaxTests = 16;

    private readonly StixScanner _scanner;
    private bool _isTemporal;

    private StixPattern(string text) => _scanner = new StixScanner(text);

    /// <summary>The alternatives of a pattern; false when it is broken or beyond a bound.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="alternatives">Lists of comparisons, any of which suffices.</param>
    /// <param name="isTemporal">True when it is about time or several sightings.</param>
    public static bool TryParse(string text, out List<StixTest[]> alternatives, out bool isTemporal)
    {
        alternatives = [];
        var parser = new StixPattern(text);
        bool isGood = text.Length <= MaxLength && parser.TryObservations(alternatives, 0) && parser._scanner.IsAtEnd();
        isTemporal = parser._isTemporal;
        return isGood;
    }

    private bool TryObservations(List<StixTest[]> alternatives, int depth)
    {
        while (true)
        {
            if (!TryObservation(alternatives, depth) || !TryQualifiers())
            {
                return false;
            }

            if (_scanner.TryWord("AND") || _scanner.TryWord("FOLLOWEDBY"))
            {
                _isTemporal = true;
            }
            else if (!_scanner.TryWord("OR"))
            {
                return true;
            }
        }
    }

    private bool TryObservation(List<StixTest[]> alternatives, int depth)
    {
        if (depth >= MaxDepth)
        {
            return false;
        }

        if (_scanner.TryMark('('))
        {
            return TryObservations(alternatives, depth + 1) && _scanner.TryMark(')');
        }

        if (!_scanner.TryMark('[') || !TryOr(out List<StixTest[]> found, depth + 1) || !_scanner.TryMark(']'))
        {
            return false;
        }

        alternatives.AddRange(found);
        return alternatives.Count <= MaxAlternatives;
    }

    private bool TryQualifiers()
    {
        while (true)
        {
            if (_scanner.TryWord("WITHIN") || _scanner.TryWord("REPEATS"))
            {
                _isTemporal = true;
                if (!_scanner.TryValue(out _) || !(_scanner.TryWord("SECONDS") || _scanner.TryWord("TIMES")))
                {
                    return false;
                }
            }
            else if (_scanner.TryWord("START") || _scanner.TryWord("STOP"))
            {
                _isTemporal = true;
                if (!_scanner.TryValue(out _))
                {
                    return false;
                }
            }
            else
            {
                return true;
            }
        }
    }

    private bool TryOr(out List<StixTest[]> alternatives, int depth)
    {
        alternatives = [];
        do
        {
            if (!TryAnd(out List<StixTest[]> more, depth))
            {
                return false;
            }

            alternatives.AddRange(more);
            if (alternatives.Count > MaxAlternatives)
            {
                return false;
            }
        }
        while (_scanner.TryWord("OR"));
        return true;
    }

    private bool TryAnd(out List<StixTest[]> alternatives, int depth)
    {
        if (!TryTerm(out alternatives, depth))
        {
            return false;
        }

        while (_scanner.TryWord("AND"))
        {
            if (!TryTerm(out List<StixTest[]> more, depth) || (long)alternatives.Count * more.Count > MaxAlternatives)
            {
                return false;
            }

            var joined = new List<StixTest[]>(alternatives.Count * more.Count);
            foreach (StixTest[] left in alternatives)
            {
                foreach (StixTest[] right in more)
                {
                    if (left.Length + right.Length > MaxTests)
                    {
                        return false;
                    }

                    joined.Add([.. left, .. right]);
                }
            }

            alternatives = joined;
        }

        return true;
    }

    private bool TryTerm(out List<StixTest[]> alternatives, int depth)
    {
        alternatives = [];
        if (depth >= MaxDepth)
        {
            return false;
        }

        if (_scanner.TryMark('('))
        {
            return TryOr(out alternatives, depth + 1) && _scanner.TryMark(')');
        }

        if (_scanner.TryWord("EXISTS"))
        {
            bool isPath = _scanner.TryPath(out string existing);
            alternatives.Add([new StixTest(existing, StixOperator.Other, "")]);
            return isPath;
        }

        if (!_scanner.TryPath(out string path))
        {
            return false;
        }

        bool isNegated = _scanner.TryWord("NOT");
        if (_scanner.TryWord("IN"))
        {
            return TrySet(path, isNegated, alternatives);
        }

        if (!TryOperator(out StixOperator found) || !_scanner.TryValue(out string value))
        {
            return false;
        }

        alternatives.Add([new StixTest(path, isNegated ? StixOperator.Other : found, value)]);
        return true;
    }

    private bool TrySet(string path, bool isNegated, List<StixTest[]> alternatives)
    {
        if (!_scanner.TryMark('('))
        {
            return false;
        }

        do
        {
            if (!_scanner.TryValue(out string value) || alternatives.Count >= MaxAlternatives)
            {
                return false;
            }

            alternatives.Add([new StixTest(path, isNegated ? StixOperator.Other : StixOperator.Equal, value)]);
        }
        while (_scanner.TryMark(','));
        return _scanner.TryMark(')');
    }

    private bool TryOperator(out StixOperator found)
    {
        found = StixOperator.Other;
        if (_scanner.TryWord("LIKE"))
        {
            found = StixOperator.Like;
        }
        else if (_scanner.TryWord("MATCHES"))
        {
            found = StixOperator.Matches;
        }
        else if (_scanner.TryWord("ISSUBSET"))
        {
            found = StixOperator.IsSubset;
        }
        else if (!_scanner.TryWord("ISSUPERSET"))
        {
            string sign = _scanner.Sign();
            found = sign is "=" or "==" ? StixOperator.Equal : StixOperator.Other;
            return sign.Length is 1 or 2;
        }

        return true;
    }
}
