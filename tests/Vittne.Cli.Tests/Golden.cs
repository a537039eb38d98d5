namespace Vittne.Cli.Tests;

/// <summary>
/// Compares output with a committed file beside the test. <c>VITTNE_UPDATE_GOLDEN=1 dotnet test</c> rewrites the files;
/// the diff of the commit then shows each change to a reviewer.
/// </summary>
internal static class Golden
{
    public static void Verify(string actual, string name) => VerifyFile(actual, Path.Combine("tests", "Vittne.Cli.Tests", "Golden", name));

    /// <summary>Compares with any committed file, named from the root of the repository.</summary>
    public static void VerifyFile(string actual, string relative)
    {
        string path = Path.Combine(Samples.Root, relative);
        if (Environment.GetEnvironmentVariable("VITTNE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
