using System.CommandLine;
using Vittne.Engine.Sandbox;

namespace Vittne.Cli.Verbs;

/// <summary>The sandbox of verbs that read traffic: on unless the user switches it off.</summary>
internal static class VerbSandbox
{
    /// <summary>The switch, for the verb's options.</summary>
    public static Option<bool> CreateOption() => new("--no-sandbox")
    {
        Description = "Keep all rights; by default those that are no longer needed are given up once all outputs are open (Linux).",
    };

    /// <summary>Gives up what is not needed. Call it when outputs are open and before workers start.</summary>
    /// <param name="isOff">True when the user wants none.</param>
    /// <param name="captures">What is still to be read.</param>
    /// <param name="logFolder">Folder in which files are made later; null for none.</param>
    /// <param name="usesNetwork">True when outputs connect to other machines.</param>
    /// <param name="makesFolders">True when folders are made in that folder as well.</param>
    public static void Enter(bool isOff, IReadOnlyList<string> captures, string? logFolder = null, bool usesNetwork = false, bool makesFolders = false)
    {
        if (isOff || !Sandbox.IsPossible)
        {
            return;
        }

        Sandbox.Enter(new SandboxRules { Read = captures, WriteIn = logFolder is null ? [] : [Made(logFolder)], UsesNetwork = usesNetwork, MakesFolders = makesFolders });
    }

    // A right can only be given for what is there. Trouble with the folder is told by who writes into it.
    private static string Made(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return folder;
        }

        return folder;
    }
}
