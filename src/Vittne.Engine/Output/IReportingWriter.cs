namespace Vittne.Engine.Output;

/// <summary>A writer that may fail without ending the run, and tells so.</summary>
public interface IReportingWriter : IThreatWriter
{
    /// <summary>What went wrong; complete after <see cref="IThreatWriter.Flush"/>. Null when all is well.</summary>
    OutputProblem? Problem { get; }
}
