using System.Net.Sockets;

namespace Assay.Load.Client;

/// <summary>The socket's side: all of it without waiting.</summary>
sealed partial class Connection
{
    SocketError Connect()
    {
        if (client.Endpoint is not { } endpoint)
        {
            return SocketError.HostNotFound;
        }

        try
        {
            _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
            _socket.Connect(endpoint);
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            // That it takes its time is told so too.
            return exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress ? SocketError.Success : exception.SocketErrorCode;
        }
    }

    void OnOpened()
    {
        var error = (SocketError)(int)_socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            _openingFault = error;
            OnOpeningFault();
            return;
        }

        client.CountOpened();
        if (client.Tls is { } options)
        {
            _stage = Stage.Securing;
            _tls = new TlsChannel(this);
            WatchWriting(false);
            _tls.Start(options);
        }
        else
        {
            _connect = client.Clock.Now - _sent;
            SendRequest(isNew: true);
        }
    }

    void Receive(byte[] buffer)
    {
        var read = _socket!.Receive(buffer, SocketFlags.None, out var error);
        _readAt = client.Clock.Now;
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (_tls is not null)
        {
            _tls.Feed(error == SocketError.Success ? buffer.AsSpan(0, read) : []);
        }
        else if (error != SocketError.Success)
        {
            Break(error.ToString(), _readAt);
        }
        else if (read == 0)
        {
            OnEnd(_readAt);
        }
        else
        {
            OnBytes(buffer.AsSpan(0, read), _readAt);
        }
    }

    // What cannot be sent now is sent when the socket can take it. A socket that fails here fails in reading too, and is told of there.
    void Flush()
    {
        while (_outSent < _out.Length)
        {
            var sent = _socket!.Send(_out.Written[_outSent..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                WatchWriting(true);
                return;
            }

            _outSent = error == SocketError.Success ? _outSent + sent : _out.Length;
        }

        _out.Clear();
        _outSent = 0;
        WatchWriting(false);
    }

    void WatchWriting(bool watches)
    {
        if (watches != _watchesWriting)
        {
            _watchesWriting = watches;
            loop.Watch(this, _socket!, watches);
        }
    }

    void CloseSocket()
    {
        _stage = Stage.Closed;
        if (_socket is not null)
        {
            loop.Remove(this, _socket);
            _socket.Dispose();
            _socket = null;
            _tls?.Dispose();
        }
    }

    /// <summary>Of the TLS channel: bytes for the other side.</summary>
    internal void SendSecured(ReadOnlySpan<byte> bytes)
    {
        using var scope = Enter();
        if (_socket is not null)
        {
            _out.Append(bytes);
            Flush();
        }
    }

    /// <summary>Of the TLS channel: the handshake is done.</summary>
    internal void OnSecured()
    {
        using var scope = Enter();
        if (_stage == Stage.Securing)
        {
            _connect = client.Clock.Now - _sent;
            SendRequest(isNew: true);
        }
    }

    /// <summary>Of the TLS channel: bytes of the answer.</summary>
    internal void OnUnsecured(ReadOnlySpan<byte> bytes)
    {
        using var scope = Enter();
        OnBytes(bytes, _readAt);
    }

    /// <summary>Of the TLS channel: its end, with a reason where it is none that the other side announced.</summary>
    internal void OnSecureEnd(string? reason)
    {
        using var scope = Enter();
        if (_stage == Stage.Closed)
        {
            return;
        }

        if (reason is null)
        {
            OnEnd(_readAt);
        }
        else
        {
            Break(reason, client.Clock.Now);
        }
    }
}
