using System.CommandLine;
using Assay.Load;
using Assay.Load.Payloads;
using Assay.Running;

namespace Assay.Cli;

/// <summary>What is asked of the service.</summary>
static class LoadContentArguments
{
    static readonly Option<string> _protocol = new("--protocol") { Description = "chat, completions, responses, embeddings, v2 or http", DefaultValueFactory = _ => "chat" };
    static readonly Option<string?> _model = new("--model") { Description = "its name, as the service knows it" };
    static readonly Option<string?> _key = new("--api-key-env") { Description = "environment variable that holds the service's key" };
    static readonly Option<string?> _prompt = new("--prompt") { Description = "one text for every request; of http the body" };
    static readonly Option<string?> _prompts = new("--prompts") { Description = "a file of prompts, each sent equally often: a line each, or JSON lines with 'prompt'" };
    static readonly Option<string?> _bodies = new("--bodies") { Description = "a file of bodies, one a line, sent as they are" };
    static readonly Option<string?> _rows = new("--data") { Description = "of v2: a table whose rows are sent" };
    static readonly Option<string?> _input = new("--input-tokens") { Description = $"prompts made up, so many words long: {TokenLengths.Forms}" };
    static readonly Option<string?> _output = new("--output-tokens") { Description = "lengths of the answers to such prompts, in the same forms" };
    static readonly Option<int> _prefixes = new("--prefixes") { Description = "so many beginnings that prompts share" };
    static readonly Option<int> _prefixTokens = new("--prefix-tokens") { Description = "how long they are" };
    static readonly Option<bool> _wholeBlocks = new("--whole-blocks") { Description = "with --trace: write a prompt's last block of 512 whole, for caches of whole blocks" };
    static readonly Option<int> _maxTokens = new("--max-tokens") { Description = "at most so many tokens in an answer", DefaultValueFactory = _ => 64 };
    static readonly Option<bool> _force = new("--ignore-eos") { Description = "ask for answers of just the asked length (vLLM, SGLang, llama.cpp); shorter ones are truncated" };
    static readonly Option<bool> _noStream = new("--no-stream") { Description = "whole answers in place of streams" };
    static readonly Option<int?> _turns = new("--turns") { Description = "sessions of so many turns, each with the conversation so far" };
    static readonly Option<string> _think = new("--think") { Description = "mean time between an answer and the next turn", DefaultValueFactory = _ => "0s" };

    public static void AddTo(Command command)
    {
        _protocol.AcceptOnlyFromAmong("chat", "completions", "responses", "embeddings", "v2", "http");
        foreach (var option in (Option[])[_protocol, _model, _key, _prompt, _prompts, _bodies, _rows, _input, _output, _prefixes, _prefixTokens, _wholeBlocks, _maxTokens, _force, _noStream, _turns, _think])
        {
            command.Add(option);
        }
    }

    public static LoadProtocol Protocol(ParseResult arguments) => Enum.Parse<LoadProtocol>(arguments.GetRequiredValue(_protocol), ignoreCase: true);

    public static int MaxTokens(ParseResult arguments) => arguments.GetValue(_maxTokens);

    public static ServiceUnderLoad Service(ParseResult arguments, Uri address, List<string> problems)
    {
        var isOpenAI = Protocol(arguments) is not (LoadProtocol.Http or LoadProtocol.V2);
        var sources = new[] { arguments.GetValue(_prompt), arguments.GetValue(_prompts), arguments.GetValue(_bodies), arguments.GetValue(_rows), arguments.GetValue(_input) };
        if (sources.Count(source => source is not null) > 1)
        {
            problems.Add("Expected at most one of --prompt, --prompts, --bodies, --data and --input-tokens.");
        }

        if (Protocol(arguments) != LoadProtocol.Http && arguments.GetValue(_model) is null && arguments.GetValue(_bodies) is null)
        {
            problems.Add("--model is missing. Expected the model's name, as the service knows it.");
        }

        foreach (var (option, value, least) in new[] { (_prefixes, arguments.GetValue(_prefixes), 0), (_prefixTokens, arguments.GetValue(_prefixTokens), 0), (_maxTokens, arguments.GetValue(_maxTokens), 1), ((Option)_turns, arguments.GetValue(_turns) ?? 1, 1) })
        {
            if (value < least)
            {
                problems.Add($"{option.Name} is {value}. Expected a whole number from {least}.");
            }
        }

        return new ServiceUnderLoad
        {
            Address = address,
            Model = arguments.GetValue(_model),
            ApiKeyVariable = arguments.GetValue(_key),
            Prompt = arguments.GetValue(_prompt),
            Prompts = arguments.GetValue(_prompts),
            Bodies = arguments.GetValue(_bodies),
            Rows = arguments.GetValue(_rows),
            Synthetic = Synthetic(arguments, problems),
            WholeBlocks = arguments.GetValue(_wholeBlocks),
            ForceLength = arguments.GetValue(_force),
            Stream = !arguments.GetValue(_noStream),
            Turns = isOpenAI ? arguments.GetValue(_turns) : null,
            Think = Durations.TryParse(arguments.GetValue(_think), out var think) ? think : Wrong(arguments, problems),
        };
    }

    static SyntheticPrompts? Synthetic(ParseResult arguments, List<string> problems)
    {
        var (input, output) = (Lengths(arguments, _input, problems), Lengths(arguments, _output, problems));
        return input is null
            ? null
            : new SyntheticPrompts { Input = input, Output = output, Prefixes = arguments.GetValue(_prefixes), PrefixTokens = arguments.GetValue(_prefixTokens) };
    }

    static TokenLengths? Lengths(ParseResult arguments, Option<string?> option, List<string> problems)
    {
        var text = arguments.GetValue(option);
        if (text is null || TokenLengths.Parse(text) is not null)
        {
            return text is null ? null : TokenLengths.Parse(text);
        }

        problems.Add($"{option.Name} is '{text}'. Expected {TokenLengths.Forms}.");
        return null;
    }

    static TimeSpan Wrong(ParseResult arguments, List<string> problems)
    {
        problems.Add($"--think is '{arguments.GetValue(_think)}'. Expected a time such as 2s.");
        return TimeSpan.Zero;
    }
}
