using Vittne.Trails.Lists;

namespace Vittne.Trails.Imports;

/// <summary>Turns the comparisons of a STIX pattern into an indicator with its kind in front, where a trail can say the same.</summary>
internal static class StixTrail
{
    private const string UserAgentPath = "network-traffic:extensions.http-request-ext.request_header.user-agent";

    /// <summary>The indicator that comparisons, all of which must hold, stand for.</summary>
    public static bool TryMake(StixTest[] tests, out string prefix, out string value)
    {
        StixTest? main = null;
        string port = "";
        foreach (StixTest test in tests)
        {
            if (IsNarrowing(test))
            {
                continue;
            }

            if (test is { Operator: StixOperator.Equal, Path: "network-traffic:dst_port" or "network-traffic:src_port" } && port.Length == 0)
            {
                port = test.Value;
            }
            else if (main is null)
            {
                main = test;
            }
            else
            {
                (prefix, value) = ("", "");
                return false;
            }
        }

        (prefix, value) = main is StixTest only ? Single(only) : ("", "");
        if (port.Length == 0 || prefix.Length == 0)
        {
            return prefix.Length > 0;
        }

        // A port says nothing without its address.
        bool isEndpoint = prefix == "ip:" && main!.Value.Operator == StixOperator.Equal && !value.Contains('/', StringComparison.Ordinal);
        value = value.Contains(':', StringComparison.Ordinal) ? $"[{value}]:{port}" : $"{value}:{port}";
        return isEndpoint;
    }

    /// <summary>Comparisons that say of what type an address is or which transport carries it: a trail holds for all.</summary>
    private static bool IsNarrowing(StixTest test) => test.Operator == StixOperator.Equal
        && (test.Path.EndsWith("_ref.type", StringComparison.Ordinal) || test.Path.StartsWith("network-traffic:protocols[", StringComparison.Ordinal));

    private static (string Prefix, string Value) Single(StixTest test) => test.Path switch
    {
        "ipv4-addr:value" or "ipv6-addr:value" or "network-traffic:dst_ref.value" or "network-traffic:src_ref.value" => Address(test),
        "domain-name:value" => Name(test),
        "url:value" when test.Operator == StixOperator.Equal => ("url:", test.Value),
        "network-traffic:extensions.http-request-ext.request_value" when test is { Operator: StixOperator.Equal } && test.Value.StartsWith('/') => ("url:", test.Value),
        UserAgentPath => Agent(test),
        _ when test.Operator == StixOperator.Equal => Hash(test),
        _ => ("", ""),
    };

    private static (string Prefix, string Value) Address(StixTest test)
    {
        if (test.Operator is not (StixOperator.Equal or StixOperator.IsSubset))
        {
            return ("", "");
        }

        // network-traffic may refer to a name too.
        bool isName = test.Path.EndsWith("_ref.value", StringComparison.Ordinal) && !test.Value.Contains(':', StringComparison.Ordinal)
            && !AsciiText.IsDotted(System.Text.Encoding.UTF8.GetBytes(test.Value.Split('/')[0]));
        return (isName ? "domain:" : "ip:", test.Value);
    }

    private static (string Prefix, string Value) Name(StixTest test)
    {
        switch (test.Operator)
        {
            case StixOperator.Equal:
                return ("domain:", test.Value);
            case StixOperator.Matches:
                return ("regex:", test.Value);
            case StixOperator.Like when test.Value.StartsWith("%.", StringComparison.Ordinal) && !test.Value.AsSpan(2).ContainsAny('%', '_'):
                return ("domain:", test.Value[2..]);
            case StixOperator.Like:
                return ("regex:", LiteralPattern.OfWildcards(test.Value, '%', '_'));
            default:
                return ("", "");
        }
    }

    private static (string Prefix, string Value) Agent(StixTest test) => test.Operator switch
    {
        StixOperator.Equal => ("ua:", LiteralPattern.Of(test.Value)),
        StixOperator.Like => ("ua:", LiteralPattern.OfWildcards(test.Value, '%', '_')),
        StixOperator.Matches => ("ua:", test.Value),
        _ => ("", ""),
    };

    private static (string Prefix, string Value) Hash(StixTest test)
    {
        int dot = test.Path.IndexOf(":hashes.", StringComparison.Ordinal);
        string algorithm = dot < 0 ? "" : test.Path[(dot + ":hashes.".Length)..].Replace("-", "", StringComparison.Ordinal);
        bool isKnown = algorithm is "md5" or "sha1" or "sha256";
        return !isKnown ? ("", "")
            : test.Path.StartsWith("file:", StringComparison.Ordinal) ? (algorithm + ":", test.Value)
            : test.Path.StartsWith("x509-certificate:", StringComparison.Ordinal) ? ("cert:", test.Value)
            : ("", "");
    }
}
