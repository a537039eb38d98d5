namespace Vittne.Packets.Records.Schema;

/// <summary>Makes the fields of a schema. A getter that returns null says that the field is absent.</summary>
public static class Field
{
    /// <summary>A text.</summary>
    public static RecordField<T> Text<T>(string name, string description, Func<T, string?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Text, isList: false, description, [], (view, key, sink) =>
        {
            if (get(view) is { } value)
            {
                sink.Text(key, value);
            }
        });

    /// <summary>A whole number.</summary>
    public static RecordField<T> Integer<T>(string name, string description, Func<T, long?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Integer, isList: false, description, [], (view, key, sink) =>
        {
            if (get(view) is { } value)
            {
                sink.Integer(key, value);
            }
        });

    /// <summary>A number with a fraction.</summary>
    public static RecordField<T> Number<T>(string name, string description, Func<T, double?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Number, isList: false, description, [], (view, key, sink) =>
        {
            if (get(view) is { } value)
            {
                sink.Number(key, value);
            }
        });

    /// <summary>True or false.</summary>
    public static RecordField<T> Flag<T>(string name, string description, Func<T, bool?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Flag, isList: false, description, [], (view, key, sink) =>
        {
            if (get(view) is { } value)
            {
                sink.Flag(key, value);
            }
        });

    /// <summary>A time in nanoseconds since the epoch.</summary>
    public static RecordField<T> Time<T>(string name, string description, Func<T, long?> get, bool isWholeSeconds = false)
        where T : allows ref struct =>
        new(name, FieldKind.Time, isList: false, description, [], (view, key, sink) =>
        {
            if (get(view) is { } value)
            {
                sink.Time(key, value, isWholeSeconds);
            }
        });

    /// <summary>A list of texts; an empty one is absent.</summary>
    public static RecordField<T> Texts<T>(string name, string description, Func<T, IReadOnlyList<string>?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Text, isList: true, description, [], (view, key, sink) =>
        {
            if (get(view) is { Count: > 0 } values)
            {
                sink.BeginList(key);
                foreach (string value in values)
                {
                    sink.Text("", value);
                }

                sink.EndList();
            }
        });

    /// <summary>A list of whole numbers; an empty one is absent.</summary>
    public static RecordField<T> Integers<T>(string name, string description, Func<T, IReadOnlyList<long>?> get)
        where T : allows ref struct =>
        new(name, FieldKind.Integer, isList: true, description, [], (view, key, sink) =>
        {
            if (get(view) is { Count: > 0 } values)
            {
                sink.BeginList(key);
                foreach (long value in values)
                {
                    sink.Integer("", value);
                }

                sink.EndList();
            }
        });

    /// <summary>An object with members.</summary>
    public static RecordField<T> Object<T, TItem>(string name, string description, Func<T, TItem?> get, params RecordField<TItem>[] members)
        where T : allows ref struct
        where TItem : class =>
        new(name, FieldKind.Object, isList: false, description, members, (view, key, sink) =>
        {
            if (get(view) is { } item)
            {
                WriteObject(key, item, members, sink);
            }
        });

    /// <summary>A list of objects; an empty one is absent.</summary>
    public static RecordField<T> Objects<T, TItem>(
        string name, string description, Func<T, IReadOnlyList<TItem>?> get, params RecordField<TItem>[] members)
        where T : allows ref struct =>
        new(name, FieldKind.Object, isList: true, description, members, (view, key, sink) =>
        {
            if (get(view) is { Count: > 0 } items)
            {
                sink.BeginList(key);
                foreach (TItem item in items)
                {
                    WriteObject("", item, members, sink);
                }

                sink.EndList();
            }
        });

    private static void WriteObject<TItem>(string name, TItem item, RecordField<TItem>[] members, IFieldSink sink)
    {
        sink.BeginObject(name);
        foreach (RecordField<TItem> member in members)
        {
            member.Write(item, sink);
        }

        sink.EndObject();
    }
}
