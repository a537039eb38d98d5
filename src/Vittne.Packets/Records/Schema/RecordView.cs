namespace Vittne.Packets.Records.Schema;

/// <summary>Makes what the fields of a record are read from; called once for each record that is written.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TView">The view, which may be a ref struct over the record's bytes.</typeparam>
public delegate TView RecordView<TRecord, TView>(TRecord record)
    where TView : allows ref struct;
