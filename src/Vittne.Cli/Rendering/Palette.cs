using Vittne.Trails;

namespace Vittne.Cli.Rendering;

/// <summary>Colours of text output; all empty when they are off.</summary>
/// <param name="isOn">True on a terminal without NO_COLOR and --no-color.</param>
internal sealed class Palette(bool isOn)
{
    /// <summary>Ends a colour.</summary>
    public string Reset => isOn ? "\e[0m" : "";

    /// <summary>For what is said beside the facts.</summary>
    public string Dim => isOn ? "\e[2m" : "";

    /// <summary>Colour of a severity.</summary>
    public string Of(Severity severity) => !isOn ? "" : severity switch
    {
        Severity.High => "\e[1;31m",
        Severity.Medium => "\e[33m",
        _ => "\e[36m",
    };

    /// <summary>Colour of an event type, as Maltrail's console has it.</summary>
    public string Of(EventType type) => !isOn ? "" : type switch
    {
        EventType.Dns => "\e[34m",
        EventType.Ip or EventType.Iport => "\e[31m",
        EventType.Url => "\e[33m",
        EventType.Http => "\e[32m",
        EventType.Ua => "\e[35m",
        EventType.Path => "\e[36m",
        EventType.Port => "\e[90m",
        _ => "\e[93m",
    };

    /// <summary>The mark of a severity before its line, as Maltrail's console has them; empty when colours are off.</summary>
    public string Mark(Severity severity) => !isOn ? "" : severity switch
    {
        Severity.High => "[x] ",
        Severity.Medium => "[!] ",
        _ => "[i] ",
    };

    /// <summary>Info whose last word in parentheses, the class, is coloured.</summary>
    public string Classed(string info)
    {
        int start = info.LastIndexOf('(');
        if (!isOn || start < 0 || !info.EndsWith(')'))
        {
            return info;
        }

        string word = info[(start + 1)..^1];
        string colour = word switch
        {
            "malware" => "\e[31m",
            "malicious" => "\e[35m",
            "suspicious" => "\e[33m",
            _ => "\e[36m",
        };
        return $"{info[..(start + 1)]}{colour}{word}{Reset})";
    }

    /// <summary>Colours for a writer: on only when it is the terminal.</summary>
    public static Palette For(TextWriter output, bool isOff) => new(
        !isOff && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
}
