using System.Text;

namespace Vittne.Protocols.Tls;

/// <summary>What the sides of a handshake sent, a letter a message, with the letters that Zeek's <c>ssl_history</c> uses.</summary>
internal sealed class HandshakeHistory
{
    /// <summary>change_cipher_spec.</summary>
    public const char ChangeCipherSpec = 'I';

    /// <summary>alert.</summary>
    public const char Alert = 'L';

    /// <summary>application_data.</summary>
    public const char ApplicationData = 'D';

    /// <summary>heartbeat.</summary>
    public const char Heartbeat = 'B';

    // A handshake has some twenty messages; hostile ones shall not grow the text.
    private const int MaxLength = 64;

    private readonly StringBuilder _letters = new();

    /// <summary>Letter of a handshake message.</summary>
    public static char LetterOf(byte type) => type switch
    {
        0 => 'H',
        1 => 'C',
        2 => 'S',
        3 => 'V',
        4 => 'T',
        5 => 'E',
        6 => 'J',
        8 => 'O',
        11 => 'X',
        12 => 'K',
        13 => 'R',
        14 => 'N',
        15 => 'Y',
        16 => 'G',
        20 => 'F',
        21 => 'W',
        22 => 'U',
        23 => 'A',
        24 => 'P',
        254 => 'M',
        _ => 'Z',
    };

    /// <summary>Adds a letter.</summary>
    public void Add(char letter, bool isFromClient)
    {
        if (_letters.Length < MaxLength)
        {
            _letters.Append(isFromClient ? letter : char.ToLowerInvariant(letter));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _letters.ToString();
}
