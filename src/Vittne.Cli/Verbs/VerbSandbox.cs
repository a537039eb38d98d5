using System.CommandLine;
using Vittne.Capture.Writing;
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

    /// <summary>The same for verbs that make capture files later, beside their names first.</summary>
    /// <param name="isOff">True when the user wants none.</param>
    /// <param name="captures">What is still to be read.</param>
    /// <param name="outputs">What is written, as the user names it; null and standard output need nothing.</param>
    public static void EnterWriting(bool isOff, IReadOnlyList<string> captures, params ReadOnlySpan<string?> outputs)
    {
        if (isOff || !Sandbox.IsPossible)
        {
            return;
        }

        var places = new List<string>();
        foreach (string? path in outputs)
        {
            if (path is not null && path != CaptureOutput.StandardOutput)
            {
                AddPlaces(path, places);
            }
        }

        Sandbox.Enter(new SandboxRules { Read = captures, WriteIn = places, ReplacesFiles = true });
    }

    private static void AddPlaces(string path, List<string> places)
    {
        if (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
        {
            // /dev/stdout and its kin lead to what is open already.
            try
            {
                places.Add(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            }
            catch (IOException)
            {
                places.Add(path);
            }
        }

        bool isDevice = path.StartsWith("/dev/", StringComparison.Ordinal) || (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.Device) != 0);
        if (isDevice)
        {
            places.Add(path);
            return;
        }

        // The name may be a pattern of times, which begins somewhere in it.
        int pattern = path.IndexOf('%', StringComparison.Ordinal);
        string whole = Path.GetFullPath(pattern < 0 ? path : path[..pattern] + "x");
        places.Add(Path.GetDirectoryName(whole) ?? "/");
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
