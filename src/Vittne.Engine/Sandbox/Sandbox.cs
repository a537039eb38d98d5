namespace Vittne.Engine.Sandbox;

/// <summary>
/// Gives up all rights that a verb does not need, for good: whoever takes over a parser can read the captures and write what is open, and nothing
/// else. A filter of system calls (seccomp) binds all threads; Landlock binds the calling thread and those that it starts, so enter before worker
/// threads run. A kernel that knows one of them only gives what it has, in silence; other systems give nothing.
/// </summary>
public static class Sandbox
{
    // Who loads assemblies from files has a list of them. RuntimeFeature.IsDynamicCodeSupported is a setting that the project sets for both.
    private const string AssembliesOfHost = "TRUSTED_PLATFORM_ASSEMBLIES";

    /// <summary>
    /// True where a sandbox is possible at all: in the native program on Linux. With a just-in-time compiler the code itself still has to be
    /// loaded from files.
    /// </summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && AppContext.GetData(AssembliesOfHost) is null;

    /// <summary>Enters it. There is no way back.</summary>
    /// <param name="rules">What is still needed.</param>
    public static void Enter(SandboxRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!IsPossible || !Privileges.ForbidNewOnes())
        {
            return;
        }

        Landlock.Restrict(rules);
        SystemCallTable? table = SystemCallTable.OfThisMachine();
        if (table is not null)
        {
            SystemCallFilter.Install(SystemCallFilter.Build(table, writesFiles: rules.WriteIn.Count > 0, rules.UsesNetwork));
        }
    }
}
