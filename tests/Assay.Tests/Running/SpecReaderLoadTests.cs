using Assay.Load;
using Assay.Running;
using Assay.Statistics;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Running;

public sealed class SpecReaderLoadTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{gamma: {rate: 20, shape: 0.5}}", "gamma:0.5 20/s")]
    [InlineData("{ramp: {from: 0, to: 50, over: 30s}}", "ramp 0 to 50/s in 30 s")]
    [InlineData("{steps: [{rate: 5, duration: 1s}, {rate: 0, duration: 500ms}]}", "steps 5/s for 1 s, 0/s for 0.5 s")]
    [InlineData("{trace: {path: trace.jsonl, scale: 2}}", "trace trace.jsonl x2")]
    [InlineData("{trace: trace.jsonl}", "trace trace.jsonl")]
    public void Every_kind_of_arrivals_is_read(string arrivals, string description)
    {
        _folder.Write("trace.jsonl", "{\"at\": 1}\n");
        var reading = Read($"load: {{url: 'http://127.0.0.1:1/v1', model: m, arrivals: {arrivals}, duration: 10s, warmup: 1s, cooldown: 2s, slo: {{ttft_p99: 500ms, tpot_p50: 20ms}}}}");
        Assert.Empty(reading.Problems);
        var load = reading.Spec!.Loads.Single();
        Assert.Equal((description, LoadProtocol.Chat, "m"), (load.Options.Arrivals.Description, load.Protocol, load.Service!.Model));
        Assert.Equal((1, 2, 0.5), (load.Options.Warmup.TotalSeconds, load.Options.Cooldown.TotalSeconds, load.Options.Slo["ttft_p99"].TotalSeconds));
    }

    [Theory]
    [InlineData("arrivals: {gamma: {rate: 20}}, requests: 1", "lacks 'shape'")]
    [InlineData("arrivals: {ramp: {from: 1, to: 2, over: long}}", "expected a time")]
    [InlineData("arrivals: {trace: none.csv}", "there is no such file")]
    [InlineData("arrivals: {trace: bad.csv}", "this is no trace")]
    [InlineData("concurrency: 1, requests: 1, slo: {speed_p50: 1s}", "the service level is speed_p50")]
    [InlineData("concurrency: 1, requests: 1, input_tokens: 'normal:1'", "expected 512")]
    [InlineData("concurrency: 1, requests: 1, prompts: none.txt", "there is no such file")]
    [InlineData("concurrency: 1", "has no end")]
    public void What_is_wrong_is_told(string load, string message)
    {
        _folder.Write("bad.csv", "a,b\n1,2\n");
        Assert.Contains(Read($"load: {{url: 'http://127.0.0.1:1/v1', model: m, {load}}}").Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_a_service_from_outside_has_needs_its_address()
    {
        Assert.Contains(Read("load: {prompt: hello, concurrency: 1, requests: 1}").Problems, problem => problem.Message.Contains("Add 'url:", StringComparison.Ordinal));
        Assert.Contains(Read("load: {url: nowhere, concurrency: 1, requests: 1}").Problems, problem => problem.Message.Contains("expected an address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("load.steady.ttft_p99.9 <= 50ms", true)]
    [InlineData("ttft/p99.9.high <= 50ms", false)]
    [InlineData("steady.ttft_p99.9.value < 50ms", true)]
    public void A_gate_may_name_a_percentile_with_a_dot(string condition, bool holds)
    {
        Estimate[] estimates =
        [
            new() { Metric = "ttft/p99.9", Definition = "ttft/p99.9", N = 9999, Value = 0.04, Low = 0.03, High = 0.06, Stage = "load", Slice = new Dictionary<string, string> { ["load"] = "steady" } },
        ];
        Assert.Equal(holds, Gate.Parse(condition, out _)!.Judge(estimates).Holds);
    }

    SpecReading Read(string yaml) => SpecReader.ReadFile(_folder.Write("spec.yaml", yaml), _folder.Path);
}
