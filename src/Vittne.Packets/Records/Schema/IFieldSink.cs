namespace Vittne.Packets.Records.Schema;

/// <summary>
/// Takes the values of a record one after the other: a JSON writer, a row of a table, a picker of columns. Inside a list names are empty.
/// Fields that are absent are never told.
/// </summary>
public interface IFieldSink
{
    /// <summary>A text.</summary>
    void Text(string name, string value);

    /// <summary>A whole number.</summary>
    void Integer(string name, long value);

    /// <summary>A number with a fraction.</summary>
    void Number(string name, double value);

    /// <summary>True or false.</summary>
    void Flag(string name, bool value);

    /// <summary>A time in nanoseconds since the epoch, written with nine decimals; with <paramref name="isWholeSeconds"/> without any.</summary>
    void Time(string name, long timestampNs, bool isWholeSeconds);

    /// <summary>Begins a list; its items follow without names.</summary>
    void BeginList(string name);

    /// <summary>Ends the list that was begun last.</summary>
    void EndList();

    /// <summary>Begins an object; its members follow.</summary>
    void BeginObject(string name);

    /// <summary>Ends the object that was begun last.</summary>
    void EndObject();
}
