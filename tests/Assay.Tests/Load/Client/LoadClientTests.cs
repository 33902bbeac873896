using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Models;

namespace Assay.Tests.Load.Client;

public class LoadClientTests
{
    const string Stream =
        "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"index\":0}]}\n\n"
        + "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n"
        + "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n"
        + "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{\"}}]}}]}\n\n"
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":4}}}\n\n"
        + "data: [DONE]\n\n";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task An_answer_in_chunks_is_read_however_its_bytes_are_cut(int size)
    {
        var chunks = Stream.Chunk(31).Select(part => new string(part)).Select(part => $"{Encoding.UTF8.GetByteCount(part):x};x=\"y\"\r\n{part}\r\n");
        var bytes = Encoding.UTF8.GetBytes(
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\ncontent-type: Text/Event-Stream; charset=utf-8\r\n\r\n"
            + string.Concat(chunks) + "0\r\nTrailer: t\r\n\r\n");
        await using var server = new PieceServer(_ => bytes.Chunk(size));
        var result = await RunAsync(server, LoadProtocol.Chat, 4);
        Assert.Equal(4, result.Ok);
        Assert.All(result.Exchanges, exchange => Assert.Equal(
            (9, true, 7, 4, 3), (exchange.Tokens, exchange.IsTokenCountReported, exchange.InputTokens, exchange.CachedTokens, exchange.Events)));
        Assert.All(result.Exchanges, exchange => Assert.True(
            exchange.Sent <= exchange.FirstByte && exchange.FirstByte <= exchange.FirstEvent && exchange.FirstEvent <= exchange.FirstToken
            && exchange.FirstToken <= exchange.LastToken && exchange.LastToken <= exchange.End && exchange.LongestGap <= exchange.LastToken - exchange.FirstToken));
        Assert.Equal(8, result.Gaps.Count);
        Assert.Equal(1, result.Health!.Measured.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\nContent-Type: text/event-stream\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")]
    public async Task An_answer_may_end_with_its_connection(string head)
    {
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(head + Stream)], closes: true);
        var result = await RunAsync(server, LoadProtocol.Chat, 3);
        Assert.Equal(3, result.Ok);
        Assert.All(result.Exchanges.Skip(1), exchange => Assert.True(exchange.Connect > TimeSpan.Zero && exchange.Connect < exchange.ServiceTime));
    }

    [Theory]
    [InlineData(LoadProtocol.Chat, """{"choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}""", 2, null)]
    [InlineData(LoadProtocol.Completions, """{"choices":[{"text":"hello","finish_reason":"length"}],"usage":{"completion_tokens":2}}""", 2, null)]
    [InlineData(LoadProtocol.Responses, """{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"hi"}]}],"usage":{"output_tokens":2}}""", 2, null)]
    [InlineData(LoadProtocol.Embeddings, """{"data":[{"object":"embedding","embedding":[0.25,1]}],"usage":{"prompt_tokens":3}}""", 0, null)]
    [InlineData(LoadProtocol.Chat, """{"choices":[{"message":{"content":"hello"}}]}""", 0, "the answer ended without a finish reason")]
    [InlineData(LoadProtocol.Chat, """{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}""", 0, "the answer brought no text")]
    [InlineData(LoadProtocol.Chat, """{"error":{"message":"busy"}}""", 0, "an error within the answer")]
    [InlineData(LoadProtocol.Chat, "<html>", 0, "the answer is not valid JSON")]
    [InlineData(LoadProtocol.Embeddings, """{"data":[{"object":"embedding","embedding":[]}]}""", 0, "the answer has no choices")]
    public async Task Whole_answers_are_judged_too(LoadProtocol protocol, string body, int tokens, string? reason)
    {
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, body))]);
        var exchange = Assert.Single((await RunAsync(server, protocol, 1)).Exchanges);
        Assert.Equal((tokens, reason), (exchange.Tokens, exchange.Reason));
        Assert.Null(exchange.FirstToken);
    }

    [Theory]
    [InlineData("""data: {"type":"response.completed","response":{"error":null,"usage":{"input_tokens":3,"output_tokens":2,"input_tokens_details":{"cached_tokens":1}}}}""", null)]
    [InlineData("""data: {"type":"response.incomplete","response":{"usage":{"output_tokens":2}}}""", null)]
    [InlineData("""data: {"type":"response.failed","response":{"error":{"message":"x"}}}""", "an error within the stream")]
    [InlineData("""data: {"type":"response.output_text.done","text":"ab"}""", "the stream ended without its completion")]
    public async Task Responses_stream_events_of_their_own(string last, string? reason)
    {
        var body = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\",\"output\":[]}}\n\n"
            + "data: {\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"m\"}\n\n"
            + "data: {\"delta\":\"a\",\"type\":\"response.output_text.delta\"}\n\n" + last + "\n\n";
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, body, "text/event-stream"))]);
        var exchange = Assert.Single((await RunAsync(server, LoadProtocol.Responses, 1)).Exchanges);
        Assert.Equal((2, reason), (exchange.Events, exchange.Reason));
        Assert.Equal(2, exchange.Tokens);
    }

    [Fact]
    public async Task An_answer_with_fewer_tokens_than_were_forced_is_short()
    {
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, Stream, "text/event-stream"))]);
        var target = Target(server, LoadProtocol.Chat) with { Payloads = new FixedPayloads([new LoadRequest("{}"u8.ToArray(), 9), new LoadRequest("{}"u8.ToArray(), 10)], 1) };
        var result = await LoadGenerator.RunAsync(target, new LoadOptions { Arrivals = new ClosedLoop(1), Requests = 4 }, TimeProvider.System, null, Token);
        Assert.Equal((2, 2), (result.Ok, result.Outcomes[Outcome.Truncated]));
        Assert.Equal(2, result.Reasons["the stream is short: fewer tokens than were forced"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", "connection: InvalidResponse")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "connection: InvalidResponse")]
    [InlineData("HTTP/2 200\r\n\r\n", "connection: InvalidResponse")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", "the connection broke within the answer")]
    public async Task What_is_no_http_is_told(string answer, string reason)
    {
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(answer)], closes: true);
        Assert.Equal(reason, Assert.Single((await RunAsync(server, LoadProtocol.Http, 1)).Exchanges).Reason);
    }

    [Fact]
    public async Task A_header_without_end_is_given_up()
    {
        await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nX: " + new string('x', 100_000))]);
        Assert.Equal("connection: InvalidResponse", Assert.Single((await RunAsync(server, LoadProtocol.Http, 1)).Exchanges).Reason);
    }

    [Fact]
    public async Task A_large_body_goes_out_and_comes_back_whole()
    {
        var body = new byte[3_000_000];
        Array.Fill(body, (byte)'x');
        await using var server = new PieceServer(request => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, request))]);
        var target = Target(server, LoadProtocol.Http) with
        {
            Payloads = new FixedPayloads([(ReadOnlyMemory<byte>)body], 1),
            Check = (_, answer) => answer.Span.SequenceEqual(body) ? null : "another body",
        };
        var result = await LoadGenerator.RunAsync(target, new LoadOptions { Arrivals = new ClosedLoop(2), Requests = 4 }, TimeProvider.System, null, Token);
        Assert.Equal(4, result.Ok);
    }

    [Fact]
    public async Task More_than_a_hundred_connections_are_opened_when_they_are_needed()
    {
        using var all = new CountdownEvent(150);
        await using var server = new PieceServer(_ =>
        {
            all.Signal();
            all.Wait(Token);
            return [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, "{}"))];
        });
        ThreadPool.SetMinThreads(200, 8);
        var options = new LoadOptions { Arrivals = new ConstantArrivals(1_000), Requests = 150 };
        var result = await LoadGenerator.RunAsync(Target(server, LoadProtocol.Http), options, TimeProvider.System, null, Token);
        Assert.Equal(150, result.Ok);
    }

    [Fact]
    public async Task The_portable_way_reads_the_same()
    {
        AppContext.SetSwitch("Assay.Load.PortablePoller", true);
        try
        {
            await using var server = new PieceServer(_ => [Encoding.UTF8.GetBytes(FaultyServer.Reply(200, Stream, "text/event-stream"))]);
            Assert.Equal(20, (await RunAsync(server, LoadProtocol.Chat, 20, 4)).Ok);
        }
        finally
        {
            AppContext.SetSwitch("Assay.Load.PortablePoller", false);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tls_is_checked_unless_any_certificate_will_do(bool trusts)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var bytes = Encoding.UTF8.GetBytes(FaultyServer.Reply(200, Stream, "text/event-stream"));
        await using var server = new PieceServer(_ => bytes.Chunk(100), tls: new SslServerAuthenticationOptions { ServerCertificate = certificate });
        var target = Target(server, LoadProtocol.Chat) with { TrustsAnyCertificate = trusts };
        var result = await LoadGenerator.RunAsync(target, new LoadOptions { Arrivals = new ClosedLoop(3), Requests = 12 }, TimeProvider.System, null, Token);
        if (trusts)
        {
            Assert.Equal((12, 24), (result.Ok, result.Gaps.Count));
        }
        else
        {
            Assert.Equal(12, result.Reasons["connection: the certificate or the handshake was refused"]);
        }
    }

    static Task<LoadResult> RunAsync(PieceServer server, LoadProtocol protocol, int requests, int concurrency = 1) => LoadGenerator.RunAsync(
        Target(server, protocol), new LoadOptions { Arrivals = new ClosedLoop(concurrency), Requests = requests }, TimeProvider.System, null, Token);

    static LoadTarget Target(PieceServer server, LoadProtocol protocol) => new()
    {
        Address = server.Address,
        Protocol = protocol,
        Payloads = new FixedPayloads([(ReadOnlyMemory<byte>)"{}"u8.ToArray()], 1),
    };
}
