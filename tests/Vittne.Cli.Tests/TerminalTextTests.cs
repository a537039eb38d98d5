using Vittne.Cli.Rendering;

namespace Vittne.Cli.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("evil.example.com", "evil.example.com")]
    [InlineData("naïve 日本", "naïve 日本")]
    [InlineData("\e[2Jgone", "\\x1b[2Jgone")]
    [InlineData("a\nb\tc\r", "a\\x0ab\\x09c\\x0d")]
    [InlineData("csi \u009b31m", "csi \\x9b31m")]
    [InlineData("exe.\u202Egpj", "exe.\\u202egpj")]
    public void Control_characters_and_direction_marks_become_visible(string hostile, string shown) =>
        Assert.Equal(shown, TerminalText.Escape(hostile));
}
