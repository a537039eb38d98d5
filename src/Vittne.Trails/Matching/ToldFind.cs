using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>One find that a flow has told.</summary>
/// <param name="Direction">Who sent what told it.</param>
/// <param name="Type">Type of the event.</param>
/// <param name="Text">Its text.</param>
/// <param name="Source">Where it stood.</param>
/// <param name="RecordNumber">Which record told it last; only good for comparing.</param>
internal readonly record struct ToldFind(Direction Direction, EventType Type, string Text, string Source, long RecordNumber);
