using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>
/// Names of fields as users give them: the path of a field (<c>questions.name</c>), with the record's kind in front (<c>dns.questions.name</c>) or
/// not, or the name that tshark has for it.
/// </summary>
public static class FieldPaths
{
    /// <summary>Paths of all fields that hold values, in output order: the members of objects, not the objects.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RecordField> fields)
    {
        var paths = new List<string>();
        AddLeaves(fields, "", paths);
        return paths;
    }

    /// <summary>The paths that a name means, each as <see cref="Of"/> has them; an object means all its members. Empty when nothing has the name.</summary>
    /// <param name="name">What the user wrote.</param>
    /// <param name="schema">A kind of record.</param>
    public static IReadOnlyList<string> Resolve(string name, RecordSchema schema)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(schema);
        var paths = new List<string>();
        foreach (IReadOnlyList<RecordField> fields in (IReadOnlyList<RecordField>[])[CommonFields.All, schema.Fields])
        {
            bool isOfKind = name.StartsWith(schema.Name + ".", StringComparison.Ordinal) && ReferenceEquals(fields, schema.Fields);
            Find(fields, "", name, isOfKind ? name[(schema.Name.Length + 1)..] : name, paths);
        }

        return paths;
    }

    private static void Find(IReadOnlyList<RecordField> fields, string prefix, string name, string path, List<string> found)
    {
        foreach (RecordField field in fields)
        {
            string here = prefix + field.Name;
            if (here == path || field.Aliases.Contains(name))
            {
                if (field.Members.Count == 0)
                {
                    found.Add(here);
                }
                else
                {
                    AddLeaves(field.Members, here + ".", found);
                }
            }
            else
            {
                Find(field.Members, here + ".", name, path, found);
            }
        }
    }

    private static void AddLeaves(IReadOnlyList<RecordField> fields, string prefix, List<string> paths)
    {
        foreach (RecordField field in fields)
        {
            if (field.Members.Count == 0)
            {
                paths.Add(prefix + field.Name);
            }
            else
            {
                AddLeaves(field.Members, $"{prefix}{field.Name}.", paths);
            }
        }
    }
}
