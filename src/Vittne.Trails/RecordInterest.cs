namespace Vittne.Trails;

/// <summary>Which records a detector looks at, so that the many others of a busy network do not cost it a call.</summary>
[Flags]
public enum RecordInterest : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>First packets of flows.</summary>
    FlowStarts = 1,

    /// <summary>DNS messages.</summary>
    Dns = 2,

    /// <summary>HTTP requests.</summary>
    Requests = 4,

    /// <summary>HTTP responses.</summary>
    Responses = 8,

    /// <summary>All others.</summary>
    Others = 16,

    /// <summary>All records.</summary>
    All = FlowStarts | Dns | Requests | Responses | Others,
}
