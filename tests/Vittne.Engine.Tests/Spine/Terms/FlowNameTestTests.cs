using System.Text;
using Vittne.Engine.Spine.Terms;

namespace Vittne.Engine.Tests.Spine.Terms;

public sealed class FlowNameTestTests
{
    [Theory]
    [InlineData("example.org", "EXAMPLE.org.", true)]
    [InlineData("example.org", "www.example.org", false)]
    [InlineData(".example.org", "www.example.org", true)]
    [InlineData(".Example.org", "example.org", true)]
    [InlineData(".example.org", "badexample.org", false)]
    [InlineData(".example.org", "org", false)]
    [InlineData("example.org", "", false)]
    public void A_name_is_itself_and_with_a_dot_in_front_all_below_it(string wanted, string name, bool holds) =>
        Assert.Equal(holds, FlowNameTest.TryParse(wanted)!.Holds(Encoding.ASCII.GetBytes(name)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a b")]
    [InlineData("bücher.example")]
    public void What_cannot_be_a_name_is_refused(string text) => Assert.Null(FlowNameTest.TryParse(text));
}
