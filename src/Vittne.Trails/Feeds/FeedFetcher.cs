using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using ZstdSharp;

namespace Vittne.Trails.Feeds;

/// <summary>
/// Fetches one feed over HTTP: certificates are checked, a redirect never leads from https to http, cookies live as long as the fetcher,
/// and no answer may take more memory than the bound, however small it is when packed.
/// </summary>
internal sealed class FeedFetcher : IDisposable
{
    private const int MostRedirects = 5;

    /// <summary>A server that sends a byte now and then makes progress for ever: all in all this many time-outs are given.</summary>
    private const int MostTimeouts = 20;

    private readonly HttpClient _client;
    private readonly FeedUpdateOptions _options;

    /// <summary>A fetcher for one feed.</summary>
    public FeedFetcher(FeedUpdateOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = true,
            CookieContainer = new CookieContainer(),
            AutomaticDecompression = DecompressionMethods.None,
            UseProxy = options.Proxy != "none",
            ConnectTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxResponseHeadersLength = 64,
        };
        if (options.Proxy is not (null or "none"))
        {
            handler.Proxy = new WebProxy(options.Proxy);
        }

        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Fetches a body, or learns that it is still that of <paramref name="known"/>.</summary>
    /// <exception cref="FeedFetchException">It cannot be had.</exception>
    public async Task<FetchedBody> FetchAsync(string url, FeedState? known, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var all = new CancellationTokenSource(TimeSpan.FromSeconds((long)_options.TimeoutSeconds * MostTimeouts));
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, all.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            var address = new Uri(url);
            for (int redirects = 0; ; redirects++)
            {
                using HttpRequestMessage request = Request(address, known);
                using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                {
                    return new FetchedBody(null, known.ETag, known.LastModified);
                }

                if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is Uri location)
                {
                    address = Next(address, location, redirects);
                    continue;
                }

                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new FeedFetchException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"was answered with status {(int)response.StatusCode}"));
                }

                byte[] bytes = await ReadAsync(response.Content, patience, either.Token).ConfigureAwait(false);
                return new FetchedBody(bytes, response.Headers.ETag?.ToString() ?? "", response.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "");
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new FeedFetchException(all.IsCancellationRequested ? "took too long" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"was silent for {_options.TimeoutSeconds} s"), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException and not FeedFetchException or InvalidDataException or ZstdException)
        {
            throw new FeedFetchException($"broke off: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Uri Next(Uri address, Uri location, int redirects)
    {
        var next = new Uri(address, location);
        return redirects >= MostRedirects ? throw new FeedFetchException("was redirected more than 5 times")
            : next.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp ? throw new FeedFetchException($"was redirected to {next.Scheme}")
            : address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps ? throw new FeedFetchException("was redirected from https to http")
            : next;
    }

    private HttpRequestMessage Request(Uri address, FeedState? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd(_options.Agent);
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br, zstd");
        request.Headers.Accept.ParseAdd("*/*");
        if (known is not null && EntityTagHeaderValue.TryParse(known.ETag, out EntityTagHeaderValue? tag))
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        if (known is { LastModified.Length: > 0 } && DateTimeOffset.TryParse(known.LastModified, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset time))
        {
            request.Headers.IfModifiedSince = time;
        }

        return request;
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationTokenSource patience, CancellationToken cancellation)
    {
        Stream body = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        foreach (string encoding in content.Headers.ContentEncoding.Reverse())
        {
            body = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "zstd" => new DecompressionStream(body),
                "identity" => body,
                _ => throw new FeedFetchException($"is packed with {encoding}, which is not known"),
            };
        }

        await using (body.ConfigureAwait(false))
        {
            byte[] all = await DrainAsync(body, patience, cancellation).ConfigureAwait(false);
            return all is [0x1F, 0x8B, ..] ? Unpacked(all) : all;
        }
    }

    private async Task<byte[]> DrainAsync(Stream body, CancellationTokenSource patience, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            patience.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
            CheckLength(all.Length + read);
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>A feed that is itself a gzip file. An archive stays packed: it is taken apart as it is read.</summary>
    private byte[] Unpacked(byte[] packed)
    {
        if (StaticArchive.IsArchive(packed))
        {
            return packed;
        }

        using var body = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var all = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = body.Read(buffer)) > 0)
        {
            CheckLength(all.Length + read);
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    private void CheckLength(long length)
    {
        if (length > _options.MaxLength)
        {
            throw new FeedFetchException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is larger than {_options.MaxLength >> 20} MiB"));
        }
    }
}
