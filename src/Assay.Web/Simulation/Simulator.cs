using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Pacing;
using Assay.Web.Simulation.Requests;
using Assay.Web.Simulation.Truths;

namespace Assay.Web.Simulation;

/// <summary>
/// A model server without a model, behind the OpenAI protocol: when it answers is known to the nanosecond, and what goes wrong is asked
/// for. It shows what a load generator, a client or a dashboard makes of that.
/// </summary>
public sealed class Simulator : IAsyncDisposable
{
    const int Backlog = 4096;

    static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(10);

    readonly Socket _listener;
    readonly TruthLog _log;
    readonly Pacer _pacer;
    readonly Endpoints _endpoints;
    readonly int _blockTokens;
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<Socket, Task> _connections = new();
    readonly Task _accepting;

    Simulator(SimulatorOptions options, Socket listener, TruthLog log, TimeProvider time)
    {
        var (clock, created) = (new MonotonicClock(time), time.GetUtcNow().ToUnixTimeSeconds());
        ITokenEngine engine = options.FirstToken is { } first
            ? new FixedLatency(first, options.Gap, options.ChunkTokens, options.Seed)
            : new ContinuousBatching(options.Batching with { Seed = options.Seed });
        (_listener, _log, _blockTokens, _time) = (listener, log, options.Batching.BlockTokens, time);
        _pacer = new Pacer(engine, clock, log, options.ChunkTokens);
        _endpoints = new Endpoints(options, new Generator(options, new FaultPlan(options.Faults, options.Seed), clock, log, _pacer, created), log, created);
        Address = new Uri($"http://{listener.LocalEndPoint}/");
        _accepting = AcceptAsync();
    }

    /// <summary>What stands before <c>v1</c>.</summary>
    public Uri Address { get; }

    /// <summary>What it has truly done so far.</summary>
    public TruthSummary Truth => _log.Summary(_pacer.Counts);

    /// <summary>Listens when it returns, until it is disposed of.</summary>
    /// <param name="options">What it is like.</param>
    /// <param name="time">Must go as real time does.</param>
    /// <exception cref="UserErrorException">The options are wrong, the port is taken, or the file cannot be written.</exception>
    public static Simulator Start(SimulatorOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().ToArray() is { Length: > 0 } problems)
        {
            throw new UserErrorException($"Wrong simulator options: {string.Join("; ", problems)}.");
        }

        _ = new FaultPlan(options.Faults, options.Seed);
        var listener = Listen(options.Host, options.Port);
        try
        {
            return new Simulator(options, listener, new TruthLog(options.TruthFile is { } file ? File.Create(file) : null), time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw new UserErrorException($"The file of true times cannot be written: {exception.Message} Choose another.", exception);
        }
    }

    /// <summary>Has the code that answers compiled, by answering some requests on a socket of its own: the first true answer would else be late by some 10 ms.</summary>
    /// <param name="options">Those of the simulator to come.</param>
    /// <param name="time">The same.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WarmUpAsync(SimulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isInstant = options.FirstToken is { IsNone: true } && options.Gap.IsNone;
        var rehearsal = options with
        {
            Host = IPAddress.Loopback,
            Port = 0,
            TruthFile = null,
            Faults = [],
            FirstToken = options.FirstToken is null ? null : isInstant ? Delay.None : Delay.Parse("1ms"),
            Gap = isInstant ? Delay.None : Delay.Parse("1ms"),
            Batching = options.Batching with { StepTime = TimeSpan.FromMilliseconds(1), SequenceTime = TimeSpan.Zero },
        };
        await using var simulator = Start(rehearsal, time);
        await Rehearsal.RunAsync(simulator.Address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops listening; answers on their way are given up.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        foreach (var socket in _connections.Keys)
        {
            socket.Dispose();
        }

        // The pacer ends the answers whose connections have gone, so it goes last.
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _pacer.Dispose();
        _log.Dispose();
    }

    static Socket Listen(IPAddress host, int port)
    {
        var listener = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // On Unix the runtime lets a new listener have a port whose old connections linger; on Windows this would let two listen at once.
            listener.ExclusiveAddressUse = OperatingSystem.IsWindows();
            listener.Bind(new IPEndPoint(host, port));
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new UserErrorException($"Port {port} of {host} cannot be listened on: {exception.Message} Choose another, or 0 for a free one.", exception);
        }
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync().ConfigureAwait(false);
                (socket.NoDelay, socket.Blocking) = (true, false);
                var ended = new TaskCompletionSource();
                _connections[socket] = ended.Task;
                _ = Task.Run(() => ServeAsync(socket, ended));
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // A client that went before it was accepted; or there are too many open files, and some have to close first.
                await Task.Delay(_patience, _time).ConfigureAwait(false);
            }
        }
    }

    async Task ServeAsync(Socket socket, TaskCompletionSource ended)
    {
        try
        {
            await new Connection(socket, _endpoints, new AskReader(_blockTokens)).RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(socket, out _);
            ended.SetResult();
        }
    }
}
