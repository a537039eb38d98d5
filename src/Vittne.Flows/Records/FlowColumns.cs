namespace Vittne.Flows.Records;

/// <summary>Lists of fields as users write them: <c>saddr,dur</c>, or <c>+sretrans,-service</c> as a change of the default.</summary>
public static class FlowColumns
{
    /// <summary>The columns when the user names none.</summary>
    public static IReadOnlyList<FlowColumn> Default { get; } = [.. FlowFields.DefaultNames.Select(name => new FlowColumn(name, FlowFields.Get(name)))];

    /// <summary>
    /// Reads a list. Names with <c>+</c> or <c>-</c> in front change the default columns; when the first name has neither, the list begins empty.
    /// False with the position (from 0) and the words about the first name that is wrong.
    /// </summary>
    public static bool TryParse(string text, out IReadOnlyList<FlowColumn> columns, out int position, out string problem)
    {
        var list = new List<FlowColumn>();
        columns = list;
        problem = "";
        position = 0;
        bool isFirst = true;
        foreach (string part in text.Split(','))
        {
            string name = part.Trim();
            int start = position;
            position += part.Length + 1;
            if (name.Length == 0)
            {
                continue;
            }

            char sign = name[0];
            if (isFirst && sign is '+' or '-')
            {
                list.AddRange(Default);
            }

            isFirst = false;
            name = sign is '+' or '-' ? name[1..] : name;
            if (!FlowFields.TryFind(name, out FlowField? field))
            {
                position = start;
                problem = Unknown(name);
                return false;
            }

            if (sign == '-')
            {
                list.RemoveAll(column => column.Field == field);
            }
            else if (sign != '+' || !list.Exists(column => column.Field == field))
            {
                list.Add(new FlowColumn(name, field));
            }
        }

        position = 0;
        problem = list.Count == 0 ? "no field is left" : "";
        return list.Count > 0;
    }

    /// <summary>The words about a name that no field has.</summary>
    public static string Unknown(string name)
    {
        IReadOnlyList<string> near = FlowFields.Nearest(name);
        return $"there is no field '{Printable(name)}'; the nearest are {string.Join(", ", near)}";
    }

    private static string Printable(string name) => string.Concat(name.Take(40).Select(static c => char.IsControl(c) ? '?' : c));
}
