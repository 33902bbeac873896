using System.Net.Sockets;
using Assay.Web.Serving.OpenAI;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Pacing;
using Assay.Web.Simulation.Replies;
using Assay.Web.Simulation.Requests;

namespace Assay.Web.Simulation.Http;

/// <summary>One connection of a client: its requests one after the other, HTTP/1.1.</summary>
sealed class Connection(Socket socket, Endpoints endpoints, AskReader reader)
{
    const int LongestBody = 64 * 1024 * 1024;

    byte[] _bytes = new byte[4096];
    int _start, _end;
    Task<int>? _receiving;
    TaskCompletionSource? _answered;

    public Output Output { get; } = new();

    public AskReader Reader => reader;

    /// <summary>Of the request in work.</summary>
    public HttpHead Head { get; private set; }

    /// <summary>Answers until the client goes, or is to go.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await NextAsync().ConfigureAwait(false) is { } body && await endpoints.AnswerAsync(this, body).ConfigureAwait(false))
            {
                if (Head.Closes)
                {
                    break;
                }
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client has gone.
        }
        catch (InvalidDataException exception)
        {
            Head = Head with { Closes = true };
            PlainReply.Problem(this, 400, ApiProblem.Wrong(null, $"The request is not understood: {exception.Message}."));
            TrySend();
        }
        finally
        {
            socket.Dispose();
        }
    }

    /// <summary>Writes all of the output; false when the client has gone.</summary>
    public async ValueTask<bool> SendAsync()
    {
        if (!TrySend())
        {
            return false;
        }

        try
        {
            for (var sent = 0; sent < Output.Length;)
            {
                sent += await socket.SendAsync(Output.WrittenMemory[sent..]).ConfigureAwait(false);
            }

            Output.Clear();
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Writes of the output what the socket takes at once; false when the client has gone.</summary>
    public bool TrySend()
    {
        var (sent, error) = (0, SocketError.Success);
        try
        {
            while (sent < Output.Length && error == SocketError.Success)
            {
                sent += socket.Send(Output.Written[sent..], SocketFlags.None, out error);
            }
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        Output.RemoveFirst(sent);
        return error is SocketError.Success or SocketError.WouldBlock;
    }

    /// <summary>Ends the connection with a reset, as a server that dies.</summary>
    public void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close(0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Lets the pacer answer, and looks meanwhile whether the client goes; false when it went.</summary>
    public async Task<bool> PacedAsync(Pacer pacer, Answer answer, Arrival arrival)
    {
        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Compact(1);
        pacer.Submit(answer, arrival);
        var receiving = socket.ReceiveAsync(_bytes.AsMemory(_end)).AsTask();
        var isGone = await Task.WhenAny(_answered.Task, receiving).ConfigureAwait(false) == receiving && (!receiving.IsCompletedSuccessfully || receiving.Result == 0);
        if (isGone)
        {
            pacer.Abort(answer);
        }

        await _answered.Task.ConfigureAwait(false);
        _receiving = receiving;
        return !isGone;
    }

    /// <summary>Told by the pacer.</summary>
    public void Answered(Answer answer)
    {
        if (answer.IsCut)
        {
            Reset();
        }

        _answered!.SetResult();
    }

    // The body of the next request, valid until the one after it is read; null when there is none.
    async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        HttpHead? head;
        while ((head = HttpHead.Parse(_bytes.AsSpan(_start, _end - _start))) is null)
        {
            if (!await FillAsync(1).ConfigureAwait(false))
            {
                return null;
            }
        }

        (Head, Output.IsChunked) = (head.Value, !head.Value.IsOld);
        _start += Head.Length;
        if (Head.Expects && _start == _end)
        {
            Output.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
            await SendAsync().ConfigureAwait(false);
        }

        return Head.IsChunked ? await ChunksAsync().ConfigureAwait(false) : await BodyAsync().ConfigureAwait(false);
    }

    async ValueTask<ReadOnlyMemory<byte>?> BodyAsync()
    {
        if (Head.ContentLength > LongestBody)
        {
            throw new InvalidDataException($"the body is longer than {LongestBody} bytes");
        }

        var length = (int)Head.ContentLength;
        while (_end - _start < length)
        {
            if (!await FillAsync(length - (_end - _start)).ConfigureAwait(false))
            {
                return null;
            }
        }

        return Consume(length, length);
    }

    async ValueTask<ReadOnlyMemory<byte>?> ChunksAsync()
    {
        while (true)
        {
            if (ChunkedBody.Join(_bytes.AsSpan(_start, _end - _start)) is { } body)
            {
                return Consume(body.Length, body.Read);
            }

            if (_end - _start > LongestBody)
            {
                throw new InvalidDataException($"the body is longer than {LongestBody} bytes");
            }

            // A body that is not whole is walked again from its start: ask for much more each time.
            if (!await FillAsync(Math.Max(4096, _end - _start)).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    ReadOnlyMemory<byte> Consume(int length, int read)
    {
        var body = _bytes.AsMemory(_start, length);
        _start += read;
        return body;
    }

    // A read that began while the last request was answered is still to be waited for; the bytes must stay where they are until then.
    async ValueTask<bool> FillAsync(int more)
    {
        int count;
        if (_receiving is { } receiving)
        {
            _receiving = null;
            count = await receiving.ConfigureAwait(false);
        }
        else
        {
            Compact(more);
            count = await socket.ReceiveAsync(_bytes.AsMemory(_end)).ConfigureAwait(false);
        }

        _end += count;
        return count > 0;
    }

    void Compact(int more)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_bytes.Length - _end < more)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
            if (_bytes.Length - _end < more)
            {
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _end + more));
            }
        }
    }
}
