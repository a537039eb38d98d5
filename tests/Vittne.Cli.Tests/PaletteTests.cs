using Vittne.Cli.Rendering;
using Vittne.Trails;

namespace Vittne.Cli.Tests;

public sealed class PaletteTests
{
    [Fact]
    public void Without_a_terminal_there_is_neither_colour_nor_mark()
    {
        var palette = new Palette(isOn: false);

        Assert.Equal(("", "", "bot (malware)"), (palette.Mark(Severity.High), palette.Of(Severity.High), palette.Classed("bot (malware)")));
    }

    [Fact]
    public void On_a_terminal_lines_are_marked_and_the_class_is_coloured()
    {
        var palette = new Palette(isOn: true);

        Assert.Equal(("[x] ", "[!] ", "[i] "), (palette.Mark(Severity.High), palette.Mark(Severity.Medium), palette.Mark(Severity.Low)));
        Assert.Equal("bot (\e[31mmalware\e[0m)", palette.Classed("bot (malware)"));
        Assert.Equal("long domain", palette.Classed("long domain"));
    }
}
