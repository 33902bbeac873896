using System.Net;
using Assay.Data;
using Assay.Models;
using Assay.Tests.Load;
using Assay.Tests.Web;
using Assay.Web.Serving;

namespace Assay.Tests.Models;

public sealed class V2ClientTests : IDisposable
{
    const string Metadata = """{"name":"m","inputs":[{"name":"age","datatype":"FP64","shape":[-1]}],"parameters":{"classes":["no","yes"]}}""";

    const string Unexpected = "unexpected";

    static readonly Table _ages = new([new NumericColumn("age", ColumnKind.Number, [1, 2])]);

    readonly HttpClient _http = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public async Task Predictions_over_the_network_are_the_same_bits_as_direct_ones(int rowsPerRequest)
    {
        var predictor = new ScriptedPredictor();
        await using var server = await V2Server.StartAsync(
            [new ServedModel("näme/x", "1", predictor, ScriptedPredictor.Inputs)], new V2ServerOptions(), Token);
        var client = await V2Client.ConnectAsync(_http, server.Address, "näme/x", null, Token, rowsPerRequest);
        var rows = ScriptedPredictor.Rows(300);
        var expected = await predictor.PredictAsync(rows, Token);
        var found = await client.PredictAsync(rows, Token);
        Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), found.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(predictor.Outputs.Names, client.Outputs.Names);
        Assert.Equal(ScriptedPredictor.Inputs, client.Inputs.AsEnumerable());
        Assert.Equal("näme/x", client.Name);
    }

    [Fact]
    public async Task No_rows_are_no_call()
    {
        await using var server = Model(Unexpected);
        var client = await V2Client.ConnectAsync(_http, server.Address, "m", "3", Token);
        Assert.Empty(await client.PredictAsync(_ages.Select([]), Token));
        Assert.Equal(2, server.Requests);
        Assert.EndsWith("/v2/models/m/versions/3/infer", client.InferAddress.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_answer_without_a_body_is_judged_by_its_status()
    {
        await using var ready = new FaultyServer(i => FaultyServer.Reply(200, i == 0 ? Metadata : ""));
        Assert.Equal("m", (await V2Client.ConnectAsync(_http, ready.Address, "m", null, Token)).Name);
        await using var loading = new FaultyServer(i => i == 0 ? FaultyServer.Reply(200, Metadata) : FaultyServer.Reply(503, "loading"));
        var exception = await Assert.ThrowsAsync<V2Exception>(() => V2Client.ConnectAsync(_http, loading.Address, "m", null, Token));
        Assert.Equal($"{loading.Address}v2/models/m/ready answered 503: loading", exception.Message);
    }

    [Fact]
    public async Task An_unknown_model_is_the_users_error_and_names_the_known_ones()
    {
        await using var server = await V2Server.StartAsync(
            [new ServedModel("loan", "1", new ScriptedPredictor(), ScriptedPredictor.Inputs)], new V2ServerOptions(), Token);
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => V2Client.ConnectAsync(_http, server.Address, "lone", null, Token));
        Assert.Equal(
            $"{server.Address}v2/models/lone answered 404: There is no model 'lone'. Served: loan. Check the address, the model's name and its version.",
            exception.Message);
    }

    [Theory]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("{\"name\":\"m\"}")]
    [InlineData("[]")]
    [InlineData("{\"name\":\"m\",\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP64\"")]
    public async Task Metadata_of_something_else_is_named(string body)
    {
        await using var server = new FaultyServer(_ => FaultyServer.Reply(200, body));
        var exception = await Assert.ThrowsAsync<V2Exception>(() => V2Client.ConnectAsync(_http, server.Address, "m", null, Token));
        Assert.StartsWith($"{server.Address}v2/models/m answered no metadata of a V2 model of a table: {body}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>Sorry</html>", "answered 200, but the body is not JSON, or cut: <html>Sorry</html>.")]
    [InlineData(200, "{\"outputs\":[{\"name\":\"probabilities\",\"data\":[0.5,0.5", "answered 200, but the body is not JSON, or cut: {\"outputs\":[{\"name\":\"probabilities\",\"data\":[0.5,0.5.")]
    [InlineData(200, "{\"outputs\":[{\"name\":\"probabilities\",\"data\":[0.5,0.5]}]}", "answered 200, but \"probabilities\" holds 2 numbers, expected 4.")]
    [InlineData(200, "{\"outputs\":[{\"name\":\"probabilities\",\"data\":[1,2,3,null]}]}", "answered 200, but \"outputs\" is not a list of tensors of numbers.")]
    [InlineData(200, "{\"outputs\":[{\"name\":\"label\",\"data\":[\"a\",\"b\"]}]}", "answered 200, but there is no output \"probabilities\" with \"data\".")]
    [InlineData(200, "{}", "answered 200, but the body has no \"outputs\": {}.")]
    [InlineData(429, "slow down", "answered 429: slow down")]
    [InlineData(500, "{\"error\":\"out of memory\"}", "answered 500: out of memory")]
    public async Task An_answer_without_probabilities_is_explained(int status, string body, string message)
    {
        await using var server = Model(FaultyServer.Reply(status, body));
        var exception = await FailAsync(server);
        Assert.Equal($"{server.Address}v2/models/m/infer {message}", exception.Message);
        Assert.Equal((Outcome.Error, (HttpStatusCode?)status), (exception.Outcome, exception.Status));
    }

    [Fact]
    public async Task Nested_probabilities_are_read_row_by_row()
    {
        await using var server = Model(FaultyServer.Reply(200, """{"outputs":[{"name":"probabilities","data":[[0.1,0.9],[0.25,0.75]]}]}"""));
        var client = await V2Client.ConnectAsync(_http, server.Address, "m", null, Token);
        var found = await client.PredictAsync(_ages, Token);
        Assert.Equal([0.1f, 0.9f, 0.25f, 0.75f], found);
    }

    [Fact]
    public async Task A_cut_connection_is_an_error()
    {
        await using var server = Model(null);
        var exception = await FailAsync(server);
        Assert.Equal((Outcome.Error, null), (exception.Outcome, exception.Status));
    }

    [Fact]
    public async Task A_hanging_server_times_out()
    {
        await using var server = Model(FaultyServer.Hang);
        _http.Timeout = TimeSpan.FromSeconds(1);
        var exception = await FailAsync(server);
        Assert.Equal(Outcome.Timeout, exception.Outcome);
        Assert.Equal($"{server.Address}v2/models/m/infer did not answer within 1 s.", exception.Message);
    }

    [Fact]
    public async Task Cancellation_stays_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = new FaultyServer(i =>
        {
            if (i == 2)
            {
                cancelled.Cancel();
            }

            return i < 2 ? FaultyServer.Reply(200, Metadata) : FaultyServer.Hang;
        });
        var client = await V2Client.ConnectAsync(_http, server.Address, "m", null, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PredictAsync(_ages, cancelled.Token).AsTask());
    }

    [Fact]
    public async Task A_table_that_does_not_fit_is_the_users_error()
    {
        await using var server = Model(Unexpected);
        var client = await V2Client.ConnectAsync(_http, server.Address, "m", null, Token);
        var texts = new Table([CategoryColumn.FromTexts("age", ["old"])]);
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => client.PredictAsync(texts, Token).AsTask());
        Assert.Equal(
            "'old' in column 'age', row 1, is no Number as the model expects. Correct the value, or leave the cell empty.", exception.Message);
        await Assert.ThrowsAsync<UserErrorException>(() => client.PredictAsync(new Table([CategoryColumn.FromTexts("sex", ["m"])]), Token).AsTask());
    }

    // Metadata and readiness are as they should be; then every call is answered so.
    static FaultyServer Model(string? answer) => new(i => i < 2 ? FaultyServer.Reply(200, Metadata) : answer);

    async Task<V2Exception> FailAsync(FaultyServer server)
    {
        var client = await V2Client.ConnectAsync(_http, server.Address, "m", null, Token);
        return await Assert.ThrowsAsync<V2Exception>(() => client.PredictAsync(_ages, Token).AsTask());
    }
}
