namespace Vittne.Packets.Records.Schema;

/// <summary>Tells the value of one field, or nothing when it is absent.</summary>
/// <typeparam name="TView">What the value is read from.</typeparam>
public delegate void FieldWriter<TView>(TView view, string name, IFieldSink sink)
    where TView : allows ref struct;
