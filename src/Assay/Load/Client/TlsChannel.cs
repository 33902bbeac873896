using System.Net.Security;
using System.Security.Authentication;

namespace Assay.Load.Client;

/// <summary>
/// TLS between the bytes of a connection's socket and those of its requests and answers. The framework's SslStream reads from and writes to this stream;
/// what waits for more bytes goes on within <see cref="Feed"/>, on the thread of the event loop.
/// </summary>
sealed class TlsChannel : Stream
{
    const int Record = 16 << 10;

    readonly Connection _connection;
    readonly SslStream _tls;
    readonly PieceBuffer _fed = new();
    TaskCompletionSource? _wanted;
    int _taken;
    bool _isEnded;

    public TlsChannel(Connection connection)
    {
        _connection = connection;
        _tls = new SslStream(this, leaveInnerStreamOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Start(SslClientAuthenticationOptions options) => _ = RunAsync(options);

    /// <summary>Plain bytes for the other side.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _tls.Write(bytes);

    /// <summary>Bytes of the socket; none at its end.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _fed.Append(bytes);
        _isEnded |= bytes.IsEmpty;
        var wanted = _wanted;
        _wanted = null;
        wanted?.SetResult();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_taken == _fed.Length && !_isEnded && !buffer.IsEmpty)
        {
            _fed.Clear();
            (_taken, _wanted) = (0, new TaskCompletionSource());
            await _wanted.Task.ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _fed.Length - _taken);
        _fed.Written.Slice(_taken, count).CopyTo(buffer.Span);
        _taken += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(ReadOnlySpan<byte> buffer) => _connection.SendSecured(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    async Task RunAsync(SslClientAuthenticationOptions options)
    {
        try
        {
            await _tls.AuthenticateAsClientAsync(options).ConfigureAwait(false);
            _connection.OnSecured();
            var buffer = new byte[Record];
            for (var read = -1; read != 0;)
            {
                read = await _tls.ReadAsync(buffer).ConfigureAwait(false);
                if (read > 0)
                {
                    _connection.OnUnsecured(buffer.AsSpan(0, read));
                }
            }

            _connection.OnSecureEnd(null);
        }
        catch (AuthenticationException)
        {
            _connection.OnSecureEnd("the certificate or the handshake was refused");
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            _connection.OnSecureEnd("the TLS channel broke");
        }
    }
}
