using System.CommandLine;
using System.Net;
using Assay.Running;
using Assay.Web.Simulation;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;

namespace Assay.Cli;

/// <summary>Options of <c>assay simulate</c>.</summary>
static class SimulateOptions
{
    static readonly Option<int> _port = new("--port") { Description = "port; 0 takes a free one" };
    static readonly Option<string> _host = new("--host") { Description = "address to listen on", DefaultValueFactory = _ => "127.0.0.1" };
    static readonly Option<string> _model = new("--model") { Description = "the model's name in answers", DefaultValueFactory = _ => "sim" };
    static readonly Option<string?> _ttft = new("--ttft") { Description = "without a model of batching: time to the first chunk, such as 20ms, exp:20ms, normal:20ms:5ms, lognormal:20ms:0.5, uniform:10ms:30ms" };
    static readonly Option<string?> _gap = new("--gap") { Description = "with it: from chunk to chunk; '--ttft 0 --gap 0' writes each answer at once" };
    static readonly Option<int> _tokens = new("--tokens") { Description = "tokens of an answer to a request without a limit; one with a limit gets that many", DefaultValueFactory = _ => 16 };
    static readonly Option<int> _chunkTokens = new("--chunk-tokens") { Description = "tokens of a chunk", DefaultValueFactory = _ => 1 };
    static readonly Option<int> _reasoning = new("--reasoning") { Description = "first tokens of a chat's answer that are reasoning" };
    static readonly Option<bool> _earlyRole = new("--early-role") { Description = "send the head and the role chunk at once, not with the first tokens" };
    static readonly Option<int> _maxBatch = new("--max-batch") { Description = "answers made at a time", DefaultValueFactory = _ => 256 };
    static readonly Option<int?> _maxQueue = new("--max-queue") { Description = "requests that may wait beyond a full batch; more are answered with 429 (default: no limit)" };
    static readonly Option<string> _step = new("--step") { Description = "time of a step", DefaultValueFactory = _ => "6ms" };
    static readonly Option<string> _stepPerAnswer = new("--step-per-answer") { Description = "added for each answer in the step", DefaultValueFactory = _ => "50us" };
    static readonly Option<double> _prefillRate = new("--prefill-rate") { Description = "prompt tokens per second", DefaultValueFactory = _ => 20_000 };
    static readonly Option<int> _prefillTokens = new("--prefill-tokens") { Description = "prompt tokens of one step", DefaultValueFactory = _ => 2048 };
    static readonly Option<int?> _kvBlocks = new("--kv-blocks") { Description = "blocks of the KV cache (default: no limit)" };
    static readonly Option<int> _blockTokens = new("--block-tokens") { Description = "tokens of a block", DefaultValueFactory = _ => 512 };
    static readonly Option<bool> _noPrefixCache = new("--no-prefix-cache") { Description = "compute every prompt from its start" };
    static readonly Option<double> _jitter = new("--jitter") { Description = "standard deviation of a step's time, as a share of it" };
    static readonly Option<string[]> _faults = new("--fault") { Description = $"name:rate[@chunks or time,...], several times: {string.Join(", ", Fault.Names)}" };
    static readonly Option<string?> _truth = new("--truth") { Description = "file for a line of JSON about each answer: when everything truly happened" };
    static readonly Option<ulong> _seed = new("--seed") { Description = "of faults, delays and jitter" };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _port, _host, _model, _ttft, _gap, _tokens, _chunkTokens, _reasoning, _earlyRole, _maxBatch, _maxQueue, _step, _stepPerAnswer,
            _prefillRate, _prefillTokens, _kvBlocks, _blockTokens, _noPrefixCache, _jitter, _faults, _truth, _seed])
        {
            command.Add(option);
        }
    }

    /// <exception cref="UserErrorException">One of them cannot be read.</exception>
    public static SimulatorOptions Of(ParseResult arguments)
    {
        var (ttft, gap) = (arguments.GetValue(_ttft), arguments.GetValue(_gap));
        return new SimulatorOptions
        {
            Host = IPAddress.TryParse(arguments.GetValue(_host), out var host) ? host
                : throw new UserErrorException($"--host is '{arguments.GetValue(_host)}'; expected an address such as 127.0.0.1, or 0.0.0.0 for every network."),
            Port = arguments.GetValue(_port),
            Model = arguments.GetRequiredValue(_model),
            FirstToken = ttft is not null ? Delay.Parse(ttft) : gap is not null ? Delay.None : null,
            Gap = gap is not null ? Delay.Parse(gap) : Delay.None,
            AnswerTokens = arguments.GetValue(_tokens),
            ChunkTokens = arguments.GetValue(_chunkTokens),
            ReasoningTokens = arguments.GetValue(_reasoning),
            EarlyRole = arguments.GetValue(_earlyRole),
            MaxQueue = arguments.GetValue(_maxQueue),
            Faults = [.. (arguments.GetValue(_faults) ?? []).Select(Fault.Parse)],
            TruthFile = arguments.GetValue(_truth),
            Seed = arguments.GetValue(_seed),
            Batching = Batching(arguments),
        };
    }

    static BatchingOptions Batching(ParseResult arguments) => new()
    {
        MaxBatch = arguments.GetValue(_maxBatch),
        StepTime = Time(arguments, _step),
        SequenceTime = Time(arguments, _stepPerAnswer),
        PrefillRate = arguments.GetValue(_prefillRate),
        PrefillTokens = arguments.GetValue(_prefillTokens),
        BlockTokens = arguments.GetValue(_blockTokens),
        Blocks = arguments.GetValue(_kvBlocks),
        PrefixCache = !arguments.GetValue(_noPrefixCache),
        Jitter = arguments.GetValue(_jitter),
    };

    static TimeSpan Time(ParseResult arguments, Option<string> option) =>
        Durations.TryParse(arguments.GetValue(option), out var time) && time >= TimeSpan.Zero ? time
        : throw new UserErrorException($"{option.Name} is '{arguments.GetValue(option)}'; expected a time such as 250us, 8ms or 0.");
}
