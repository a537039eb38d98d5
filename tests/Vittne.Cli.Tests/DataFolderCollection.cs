namespace Vittne.Cli.Tests;

/// <summary>Tests that move the data folder, which is one for the whole process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DataFolderCollection
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "data folder";
}
