namespace Vittne.Capture.Live;

/// <summary>An interface cannot be captured; the message says why and what to do, in one line.</summary>
public class LiveCaptureException(string message) : IOException(message);
