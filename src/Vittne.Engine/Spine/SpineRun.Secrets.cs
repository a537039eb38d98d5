using Vittne.Capture;
using Vittne.Capture.Pcapng;

namespace Vittne.Engine.Spine;

/// <summary>Decryption secrets of captures, on their way to the parsers.</summary>
public sealed partial class SpineRun
{
    /// <summary>Adds what the capture told since the last call.</summary>
    /// <param name="reader">The capture.</param>
    /// <param name="taken">How many of its secrets were added before.</param>
    private void TakeSecrets(CaptureReader reader, ref int taken)
    {
        if (options.Secrets is not { } secrets || reader.Secrets.Count == taken)
        {
            return;
        }

        // Workers do not look for secrets meanwhile, and whatever their number, the packets before are through.
        DrainAll();
        for (; taken < reader.Secrets.Count; taken++)
        {
            if (reader.Secrets[taken].Type == CaptureSecrets.TlsKeyLog)
            {
                secrets.Add(reader.Secrets[taken].Data.Span);
            }
        }
    }
}
