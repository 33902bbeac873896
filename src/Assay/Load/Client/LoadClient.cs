using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Assay.Load.Client;

/// <summary>
/// Sends requests over connections of its own, as many as are needed, and reads their answers on a few threads. Never throws for what a server does:
/// every request ends in an <see cref="Exchange"/>, told to the run.
/// </summary>
sealed class LoadClient : IDisposable
{
    static readonly TimeSpan _longestProbe = TimeSpan.FromSeconds(1);

    readonly Stack<Connection> _idle = new();
    readonly Lock _lock = new();
    readonly TaskCompletionSource _openings = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _lastId, _opened, _noSocket, _openingsLeft;

    LoadClient(LoadTarget target, LoadOptions options, TimeProvider time, IPEndPoint? endpoint)
    {
        const int MostLoops = 4;
        (Target, Timeout, Endpoint, Writer, Clock) = (target, options.Timeout, endpoint, new RequestWriter(target), new RunClock(time));
        Tls = target.Address.Scheme == Uri.UriSchemeHttps ? Secured(target) : null;
        var loops = options.Threads ?? Math.Clamp(Environment.ProcessorCount / 2, 1, MostLoops);
        Loops = [.. Enumerable.Range(0, loops).Select(number => new EventLoop(Clock, number))];
    }

    public LoadTarget Target { get; }

    public TimeSpan Timeout { get; }

    public RunClock Clock { get; }

    public RequestWriter Writer { get; }

    /// <summary>Null when the host's name could not be resolved: every request fails of it.</summary>
    public IPEndPoint? Endpoint { get; }

    /// <summary>Null without TLS.</summary>
    public SslClientAuthenticationOptions? Tls { get; }

    public EventLoop[] Loops { get; }

    /// <summary>What takes the ends of requests; set while none is on its way.</summary>
    public LoadRun? Run { get; set; }

    public int Opened => Volatile.Read(ref _opened);

    public int NoSocket => Volatile.Read(ref _noSocket);

    /// <summary>Finds the server and opens connections by HEAD requests, whatever it says to them: the first timed request is not to pay for that.</summary>
    public static async Task<LoadClient> StartAsync(
        LoadTarget target, LoadOptions options, TimeProvider time, int connections, CancellationToken cancellationToken)
    {
        var client = new LoadClient(target, options, time, await FindAsync(target.Address, cancellationToken).ConfigureAwait(false));
        if (connections > 0 && !cancellationToken.IsCancellationRequested)
        {
            client._openingsLeft = connections;
            for (var i = 0; i < connections; i++)
            {
                client.Open(PlannedRequest.Opening);
            }

            // Each gives up after a second.
            await client._openings.Task.ConfigureAwait(false);
        }

        return client;
    }

    public void Send(in PlannedRequest request)
    {
        while (TakeIdle() is { } connection)
        {
            if (connection.TrySend(request))
            {
                return;
            }
        }

        Open(request);
    }

    /// <summary>The last used is used first, so that those beyond need stay idle and the server may close them.</summary>
    public void PutBack(Connection connection)
    {
        lock (_lock)
        {
            _idle.Push(connection);
        }
    }

    public void OnEnded(in EndedRequest ended)
    {
        if (!ended.Planned.IsOpening)
        {
            Run?.OnEnded(ended);
        }
        else if (Interlocked.Decrement(ref _openingsLeft) == 0)
        {
            _openings.SetResult();
        }
    }

    public void CountOpened() => Interlocked.Increment(ref _opened);

    public void CountNoSocket() => Interlocked.Increment(ref _noSocket);

    public void Dispose()
    {
        foreach (var loop in Loops)
        {
            loop.Dispose();
        }
    }

    static SslClientAuthenticationOptions Secured(LoadTarget target) => new()
    {
        TargetHost = target.Address.IdnHost,
        RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || target.TrustsAnyCertificate,
    };

    void Open(in PlannedRequest request)
    {
        var id = Interlocked.Increment(ref _lastId);
        new Connection(this, Loops[id % Loops.Length], id).Open(request);
    }

    Connection? TakeIdle()
    {
        lock (_lock)
        {
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }

    // Of several addresses (localhost is mostly two) the first one that takes a connection.
    static async Task<IPEndPoint?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(address.IdnHost, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return null;
        }

        foreach (var candidate in found.Length > 1 ? found : [])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(_longestProbe);
            try
            {
                using var socket = new Socket(candidate.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(candidate, address.Port), patience.Token).ConfigureAwait(false);
                return new IPEndPoint(candidate, address.Port);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The next one.
            }
        }

        return found.Length == 0 ? null : new IPEndPoint(found[0], address.Port);
    }
}
