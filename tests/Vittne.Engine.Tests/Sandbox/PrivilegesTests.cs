using Vittne.Engine.Sandbox;

namespace Vittne.Engine.Tests.Sandbox;

public sealed class PrivilegesTests
{
    [Theory]
    [InlineData("no-such-user-here")]
    [InlineData("")]
    [InlineData("root\0")]
    public void Unknown_user_is_refused_in_words(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "users are changed on Linux only");

        Assert.Equal($"there is no user '{name}'", Privileges.Drop(name));
    }
}
