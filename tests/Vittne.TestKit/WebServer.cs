using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vittne.TestKit;

/// <summary>
/// An HTTP server on loopback whose every answer is bytes that the test made, so that it can answer wrongly: cut off, endless, silent.
/// A request is told as it came.
/// </summary>
public sealed class WebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, Func<string, Stream, CancellationToken, Task>> _pages = new();
    private readonly Task _accepting;

    /// <summary>Starts at a free port.</summary>
    public WebServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Requests so far, head only.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Address of a page.</summary>
    public string Url(string path) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}";

    /// <summary>Answers a path with whatever a function writes.</summary>
    public void Page(string path, Func<string, Stream, CancellationToken, Task> answer) => _pages[path] = answer;

    /// <summary>Answers a path with a body; headers end with CR LF each.</summary>
    public void Page(string path, byte[] body, string status = "200 OK", string headers = "") => Page(path, async (_, stream, token) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}Connection: close\r\n\r\n"), token);
        await stream.WriteAsync(body, token);
    });

    /// <summary>Answers a path with a text.</summary>
    public void Page(string path, string body, string status = "200 OK", string headers = "") => Page(path, Encoding.UTF8.GetBytes(body), status, headers);

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        try
        {
            _accepting.Wait();
        }
        catch (AggregateException)
        {
            // The listener was stopped: that is how accepting ends.
        }

        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                string head = await HeadAsync(stream);
                Requests.Enqueue(head);
                string path = head.Split(' ') is [_, string asked, ..] ? asked : "";
                if (_pages.TryGetValue(path, out Func<string, Stream, CancellationToken, Task>? answer))
                {
                    await answer(head, stream, _end.Token);
                }
                else
                {
                    await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client has seen enough.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _end.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
