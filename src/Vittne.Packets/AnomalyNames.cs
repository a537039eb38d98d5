using System.Text;

namespace Vittne.Packets;

/// <summary>Output names of <see cref="AnomalyKind"/>: <c>layer.kind</c> in lower case.</summary>
public static class AnomalyNames
{
    private static readonly string[] Names = Build();

    /// <summary>The name as it stands in output, for example <c>frag.too_large</c>.</summary>
    public static string Name(AnomalyKind kind) => Names[(byte)kind];

    private static string[] Build()
    {
        string[] names = new string[256];
        foreach (AnomalyKind kind in Enum.GetValues<AnomalyKind>())
        {
            var text = new StringBuilder();
            int words = 0;
            foreach (char c in kind.ToString())
            {
                if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                {
                    text.Append(words++ == 0 ? '.' : '_');
                }

                text.Append(char.ToLowerInvariant(c));
            }

            names[(byte)kind] = text.ToString();
        }

        return names;
    }
}
