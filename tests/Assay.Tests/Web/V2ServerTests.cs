using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Web.Serving;

namespace Assay.Tests.Web;

public sealed class V2ServerTests : IAsyncLifetime
{
    const string Row = """
        {"id":"r-1","inputs":[
          {"name":"age","shape":[1],"datatype":"FP64","data":[41.5]}, {"name":"visits","shape":[1],"datatype":"INT64","data":[3]},
          {"name":"member","shape":[1],"datatype":"BOOL","data":[true]}, {"name":"city","shape":[1],"datatype":"BYTES","data":["Ulm"]}]}
        """;

    readonly HttpClient _http = new();
    V2Server _server = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new V2ServerOptions { MaxBodyBytes = 20_000 };
        _server = await V2Server.StartAsync(
            [
                new ServedModel("loan", "1", new ScriptedPredictor(), ScriptedPredictor.Inputs),
                new ServedModel("loan", "2", new ScriptedPredictor { Change = value => 1 - value }, ScriptedPredictor.Inputs),
                new ServedModel("odd name/ä", "1", new ScriptedPredictor { Change = _ => float.NaN }, ScriptedPredictor.Inputs),
                new ServedModel("refusing", "1", new ScriptedPredictor { Before = () => throw new UserErrorException("no such city") }, ScriptedPredictor.Inputs),
                new ServedModel("broken", "1", new ScriptedPredictor { Before = () => throw new NotSupportedException("oh") }, ScriptedPredictor.Inputs),
            ],
            options, Token);
        _http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/v2/health/live", """{"live":true}""")]
    [InlineData("/v2/health/ready", """{"ready":true}""")]
    [InlineData("/v2/models/loan/ready", """{"name":"loan","ready":true}""")]
    [InlineData("/v2/models/loan/versions/2/ready", """{"name":"loan","ready":true}""")]
    [InlineData("/v2", """{"name":"assay","version":"0.1.0","extensions":["missing_as_null","classes","targets"]}""")]
    public async Task Health_and_server_metadata_have_json_bodies(string path, string body) =>
        Assert.Equal(body, await _http.GetStringAsync(path, Token));

    [Theory]
    [InlineData("/v2/models/loan")]
    [InlineData("/v2/models/loan/versions/2")]
    public async Task Metadata_names_inputs_outputs_versions_and_classes(string path)
    {
        var metadata = JsonNode.Parse(await _http.GetStringAsync(path, Token))!;
        Assert.Equal("""
            {"name":"loan","versions":["1","2"],"platform":"assay","inputs":[{"name":"age","datatype":"FP64","shape":[-1]},{"name":"visits","datatype":"INT64","shape":[-1]},{"name":"member","datatype":"BOOL","shape":[-1]},{"name":"city","datatype":"BYTES","shape":[-1]}],"outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,3]},{"name":"label","datatype":"BYTES","shape":[-1]}],"parameters":{"classes":["no","yes","vielleicht ä"]}}
            """, metadata.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task An_answer_echoes_the_id_and_has_probabilities_and_the_label_of_the_largest()
    {
        var (status, reply) = await PostAsync(Row);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("loan", "1", "r-1"), ((string)reply["model_name"]!, (string)reply["model_version"]!, (string)reply["id"]!));
        Assert.Equal("""[1,3]""", reply["outputs"]![0]!["shape"]!.ToJsonString());
        Assert.Equal("FP32", (string)reply["outputs"]![0]!["datatype"]!);
        var probabilities = Probabilities(reply);
        Assert.Equal(new ScriptedPredictor().Outputs.Names[Array.IndexOf(probabilities, probabilities.Max())], (string)reply["outputs"]![1]!["data"]![0]!);
        Assert.Equal("""[1]""", reply["outputs"]![1]!["shape"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_an_id_none_is_made_up() =>
        Assert.Null((await PostAsync(Row.Replace("\"id\":\"r-1\",", "", StringComparison.Ordinal))).Reply["id"]);

    [Fact]
    public async Task A_version_is_answered_by_its_own_model()
    {
        var first = Probabilities((await PostAsync(Row, "/v2/models/loan/versions/1/infer")).Reply);
        var second = Probabilities((await PostAsync(Row, "/v2/models/loan/versions/2/infer")).Reply);
        Assert.Equal(first.Select(value => 1 - value), second);
        Assert.Equal(first, Probabilities((await PostAsync(Row)).Reply));
    }

    [Theory]
    [InlineData("""[{"name":"label"}]""", "label")]
    [InlineData("""[{"name":"probabilities"}]""", "probabilities")]
    [InlineData("""[{"name":"label"},{"name":"probabilities"}]""", "label probabilities")]
    [InlineData("[]", "probabilities label")]
    public async Task Only_the_asked_outputs_are_sent_in_the_asked_order(string outputs, string expected)
    {
        var (_, reply) = await PostAsync(Row.Replace("\"id\":\"r-1\"", $"\"outputs\":{outputs}", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(' ', reply["outputs"]!.AsArray().Select(output => (string)output!["name"]!)));
    }

    [Theory]
    [InlineData("[1],\"datatype\":\"FP64\",\"data\":[41.5]", "[1,1],\"datatype\":\"FP64\",\"data\":[[41.5]]")]
    [InlineData("[1],\"datatype\":\"FP64\",\"data\":[41.5]", "[1,1],\"datatype\":\"FP64\",\"data\":[41.5]")]
    [InlineData("[1],\"datatype\":\"FP64\",\"data\":[41.5]", "[1],\"datatype\":\"FP32\",\"data\":[41.5]")]
    [InlineData("[1],\"datatype\":\"INT64\",\"data\":[3]", "[1],\"datatype\":\"UINT8\",\"data\":[3]")]
    [InlineData("[1],\"datatype\":\"INT64\",\"data\":[3]", "[1],\"datatype\":\"FP32\",\"data\":[3.0]")]
    [InlineData("\"data\":[true]", "\"data\":[1]")]
    public async Task Other_ways_to_say_the_same_are_understood(string from, string to)
    {
        var other = Row.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Row, other);
        Assert.Equal(Probabilities((await PostAsync(Row)).Reply), Probabilities((await PostAsync(other)).Reply));
    }

    [Fact]
    public async Task A_null_is_a_missing_value()
    {
        var (status, reply) = await PostAsync(Row.Replace("41.5", "null", StringComparison.Ordinal).Replace("\"Ulm\"", "null", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEqual(Probabilities((await PostAsync(Row)).Reply), Probabilities(reply));
    }

    [Theory]
    [InlineData("{\"name\":\"age\"", "{\"name\":\"agee\"", "input 'age' is missing; unknown input 'agee'. Expected: age, visits, member, city.")]
    [InlineData("{\"name\":\"age\"", "{\"name\":\"city\"", "Input 'city' stands twice.")]
    [InlineData("FP64", "BYTES", "Input 'age' has datatype 'BYTES'. Expected FP64.")]
    [InlineData("BYTES", "FP99", "Input 'city' has datatype 'FP99'. Expected BYTES.")]
    [InlineData("[41.5]", "[41.5, 42]", "Input 'age' has 2 values in \"data\", its \"shape\" says 1.")]
    [InlineData("[1],\"datatype\":\"FP64\",\"data\":[41.5]", "[2],\"datatype\":\"FP64\",\"data\":[41.5,2]", "Input 'visits' has 1 rows, input 'age' has 2. Expected the same of each.")]
    [InlineData("\"shape\":[1],\"datatype\":\"FP64\",\"data\":[41.5]", "\"shape\":[0],\"datatype\":\"FP64\",\"data\":[]", "Input 'age' has shape [0]. Expected [n] or [n,1] with n >= 1.")]
    [InlineData("\"shape\":[1],\"datatype\":\"FP64\"", "\"datatype\":\"FP64\"", "Input 'age' has shape (none). Expected [n] or [n,1] with n >= 1.")]
    [InlineData("\"shape\":[1],\"datatype\":\"FP64\"", "\"shape\":[1,2],\"datatype\":\"FP64\"", "Input 'age' has shape [1,2]. Expected [n] or [n,1] with n >= 1.")]
    [InlineData("[3]", "[3.5]", "Input 'visits' has 3.5 in \"data\". Expected a whole number or null.")]
    [InlineData("[true]", "[\"true\"]", "Input 'member' has \"true\" in \"data\". Expected true, false or null.")]
    [InlineData("[true]", "[2]", "Input 'member' has 2 in \"data\". Expected true, false or null.")]
    [InlineData("[\"Ulm\"]", "[5]", "Input 'city' has 5 in \"data\". Expected a text or null.")]
    [InlineData("[41.5]", "[\"NaN\"]", "Input 'age' has \"NaN\" in \"data\". Expected a number or null.")]
    [InlineData("[41.5]", "[1e999]", "Input 'age' has 1e999 in \"data\". Expected a finite number or null.")]
    [InlineData("\"id\":\"r-1\"", "\"id\":7", "\"id\" is 7. Expected a text.")]
    [InlineData("\"id\":\"r-1\"", "\"outputs\":[{\"name\":\"odds\"}]", "There is no output 'odds'. Expected: probabilities, label.")]
    [InlineData("\"id\":\"r-1\"", "\"outputs\":[5]", "An element of \"outputs\" has no \"name\".")]
    [InlineData("\"Ulm\"", "\"\\uD800\"", "A text in the body is not valid UTF-8.")]
    [InlineData("\"inputs\":", "\"input\":", "The body has no \"inputs\". Expected {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}, ...]}.")]
    public async Task A_wrong_request_is_told_what_is_wrong(string from, string to, string error)
    {
        var body = Row.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Row, body);
        var (status, reply) = await PostAsync(body);
        Assert.Equal((HttpStatusCode.BadRequest, error), (status, (string)reply["error"]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[1]")]
    [InlineData("{\"inputs\":[{\"name\":\"age\"")]
    public async Task What_is_no_request_is_refused(string body)
    {
        var (status, reply) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("The body ", (string)reply["error"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/models/lone/infer", HttpStatusCode.NotFound, "There is no model 'lone'.")]
    [InlineData("/v2/models/loan/versions/9/infer", HttpStatusCode.NotFound, "There is no model 'loan' version '9'.")]
    [InlineData("/v2/health/live", HttpStatusCode.NotFound, "There is no POST /v2/health/live.")]
    [InlineData("/v2/models/refusing/infer", HttpStatusCode.BadRequest, "no such city")]
    [InlineData("/v2/models/broken/infer", HttpStatusCode.InternalServerError, "Model 'broken' failed: oh")]
    [InlineData("/v2/models/odd%20name%2Fä/infer", HttpStatusCode.InternalServerError, "Model 'odd name/ä' failed: the probability of 'no' in row 0 is not a number.")]
    public async Task Every_failure_is_a_status_and_an_error_without_a_stack_trace(string path, HttpStatusCode expected, string error)
    {
        var (status, reply) = await PostAsync(Row, path);
        Assert.Equal(expected, status);
        Assert.StartsWith(error, (string)reply["error"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Assay.", reply.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_and_the_next_request_is_answered(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/loan/infer") { Content = new StringContent(new string(' ', 30_000)) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _http.SendAsync(request, Token);
        Assert.Equal("""{"error":"The body is longer than 20000 bytes. Send fewer rows in a request."}""", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Row)).Status);
    }

    [Fact]
    public async Task A_taken_port_is_the_users_error()
    {
        var options = new V2ServerOptions { Port = _server.Address.Port };
        var exception = await Assert.ThrowsAsync<UserErrorException>(() => V2Server.StartAsync([], options, Token));
        Assert.StartsWith($"Port {options.Port} of 127.0.0.1 cannot be listened on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_stands_twice_is_the_users_error()
    {
        var model = new ServedModel("m", "1", new ScriptedPredictor(), ScriptedPredictor.Inputs);
        await Assert.ThrowsAsync<UserErrorException>(() => V2Server.StartAsync([model, model], new V2ServerOptions(), Token));
    }

    async Task<(HttpStatusCode Status, JsonNode Reply)> PostAsync(string body, string path = "/v2/models/loan/infer")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content, Token);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!);
    }

    static float[] Probabilities(JsonNode reply) => [.. reply["outputs"]![0]!["data"]!.AsArray().Select(value => (float)value!)];
}
