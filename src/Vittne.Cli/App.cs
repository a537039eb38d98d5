using System.CommandLine;
using Vittne.Capture.Live;
using Vittne.Cli.Rendering;
using Vittne.Cli.Verbs;

namespace Vittne.Cli;

/// <summary>The program as a function from arguments to text and status: what <c>Main</c> and the tests call.</summary>
internal static class App
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Reads network traffic once and tells what happened.")
        {
            HuntVerb.Create(),
            CaptureVerb.Create(),
            DecodeVerb.Create(),
            FilterVerb.Create(),
            FlowsVerb.Create(),
            GrepVerb.Create(),
            InfoVerb.Create(),
            StreamsVerb.Create(),
            TrailsVerb.Create(),
        };

        // Patterns and names of captures may begin with @: that names no file with more arguments here.
        ParseResult parsed = root.Parse(OptionalValues.Spell(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            string verb = parsed.CommandResult.Command == root ? "" : $" {parsed.CommandResult.Command.Name}";
            error.WriteLine($"vittne: {parsed.Errors[0].Message} See vittne{verb} --help.");
            return ExitCode.Usage;
        }

        try
        {
            // Ctrl-C cancels the token; verbs then finish with what they have.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (LiveFilterException refused)
        {
            error.WriteLine($"vittne: filter: {TerminalText.Escape(refused.Message)}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            // Before there was anything to finish.
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected trouble of the outside world: one line, no stack trace. Anything else is a bug and may crash loudly.
            error.WriteLine($"vittne: {e.Message}");
            return ExitCode.Error;
        }
    }
}
