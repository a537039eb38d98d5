namespace Vittne.Engine.Sandbox;

/// <summary>What a verb still needs once its inputs are named and its outputs are open.</summary>
public sealed record SandboxRules
{
    /// <summary>Files and folders that are read later: captures are opened one after the other.</summary>
    public IReadOnlyList<string> Read { get; init; } = [];

    /// <summary>Folders in which files are made and written later, and devices that are: daily logs. They must exist.</summary>
    public IReadOnlyList<string> WriteIn { get; init; } = [];

    /// <summary>True when files there get other names later, or take the place of older ones.</summary>
    public bool ReplacesFiles { get; init; }

    /// <summary>True when folders are made in those of <see cref="WriteIn"/> as well.</summary>
    public bool MakesFolders { get; init; }

    /// <summary>True when outputs connect to other machines.</summary>
    public bool UsesNetwork { get; init; }
}
