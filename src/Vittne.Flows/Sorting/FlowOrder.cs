using System.Diagnostics.CodeAnalysis;
using Vittne.Flows.Records;

namespace Vittne.Flows.Sorting;

/// <summary>One field that records are sorted by.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsDescending">Largest first.</param>
public sealed record FlowOrder(FlowField Field, bool IsDescending)
{
    /// <summary>Reads <c>F[:asc|:desc],…</c>. False with the words about what is wrong.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<FlowOrder>? orders, out string problem)
    {
        var list = new List<FlowOrder>();
        orders = null;
        problem = "";
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? part : part[..colon];
            string direction = colon < 0 ? "" : part[(colon + 1)..];
            if (!FlowFields.TryFind(name, out FlowField? field))
            {
                problem = FlowColumns.Unknown(name);
                return false;
            }

            if (colon >= 0 && direction is not ("asc" or "desc"))
            {
                problem = $"'{part}' has no direction; write {name}:asc or {name}:desc";
                return false;
            }

            list.Add(new FlowOrder(field, colon < 0 ? field.SortsDescending : direction == "desc"));
        }

        orders = list.Count > 0 ? list : null;
        problem = list.Count > 0 ? "" : "no field is named";
        return list.Count > 0;
    }

    /// <summary>Order of two records by this field; one that does not tell it comes last, whatever the direction.</summary>
    public int Compare(FlowRecord a, FlowRecord b)
    {
        FlowValue first = Field.Get(a), second = Field.Get(b);
        return first.IsKnown && second.IsKnown
            ? IsDescending ? second.CompareTo(first) : first.CompareTo(second)
            : second.IsKnown.CompareTo(first.IsKnown);
    }
}
