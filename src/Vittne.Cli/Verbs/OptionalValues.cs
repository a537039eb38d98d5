namespace Vittne.Cli.Verbs;

/// <summary>
/// Options whose value may be left out, and is then written behind an equals sign only: without that rule the word behind the option would
/// be taken for its value, and that is a capture.
/// </summary>
internal static class OptionalValues
{
    private static readonly (string Option, string WithValue)[] Known =
    [
        ("--dedup", "--dedup-window"), ("--strict-order", "--strict-order-delta"), ("--explain", "--explain-as"),
    ];

    /// <summary>Gives such options with a value the name under which that is declared.</summary>
    public static string[] Spell(string[] arguments)
    {
        string[] spelled = [.. arguments];
        for (int i = 0; i < spelled.Length && spelled[i] != "--"; i++)
        {
            foreach ((string option, string withValue) in Known)
            {
                if (spelled[i].StartsWith(option, StringComparison.Ordinal) && spelled[i].Length > option.Length && spelled[i][option.Length] == '=')
                {
                    spelled[i] = withValue + spelled[i][option.Length..];
                    break;
                }
            }
        }

        return spelled is ["flows", ..] ? FlowJobArguments.Spell(spelled) : spelled;
    }
}
