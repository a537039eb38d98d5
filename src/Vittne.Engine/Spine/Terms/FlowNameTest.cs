using System.Text;

namespace Vittne.Engine.Spine.Terms;

/// <summary>Compares names of hosts with a wanted one: the name itself, or with a dot in front that name and all below it.</summary>
internal sealed class FlowNameTest
{
    /// <summary>Longest name that DNS can hold, as text.</summary>
    private const int MaxLength = 253;

    private readonly byte[] _name;
    private readonly bool _isWithSubdomains;

    private FlowNameTest(string name, bool isWithSubdomains)
    {
        _name = Encoding.ASCII.GetBytes(name);
        _isWithSubdomains = isWithSubdomains;
    }

    /// <summary>Reads a wanted name; null when it is none.</summary>
    public static FlowNameTest? TryParse(string text)
    {
        bool isWithSubdomains = text.StartsWith('.');
        string name = text[(isWithSubdomains ? 1 : 0)..].TrimEnd('.').ToLowerInvariant();
        bool isName = name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExceptInRange('!', '~');
        return isName ? new FlowNameTest(name, isWithSubdomains) : null;
    }

    /// <summary>Whether a name from traffic is wanted, in whatever case.</summary>
    public bool Holds(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd((byte)'.');
        if (name.Length < _name.Length)
        {
            return false;
        }

        int above = name.Length - _name.Length;
        return Ascii.EqualsIgnoreCase(name[above..], _name) && (above == 0 || (_isWithSubdomains && name[above - 1] == '.'));
    }
}
