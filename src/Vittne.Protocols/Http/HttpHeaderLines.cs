namespace Vittne.Protocols.Http;

/// <summary>Picks the header lines of one message of a transaction.</summary>
internal delegate HttpHeaders HttpHeaderLines(HttpTransactionView view);
