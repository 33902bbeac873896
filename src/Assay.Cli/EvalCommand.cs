using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Models;
using Assay.Running;
using Assay.Tasks;

namespace Assay.Cli;

/// <summary><c>assay eval</c>: a language model on tasks, without a spec.</summary>
static class EvalCommand
{
    static readonly Argument<string[]> _tasks = new("TASK") { Description = "task files, or names of tasks, groups and tags in --tasks" };
    static readonly Option<string> _model = new("--model") { Description = "tiny, a model's folder, openai:URL#NAME, or replay:FILE", Required = true };
    static readonly Option<string?> _folder = new("--tasks") { Description = "folder of task files that names are looked up in" };
    static readonly Option<string?> _data = new("--data") { Description = "folder of local data sets: DIR/dataset_path/dataset_name/split.jsonl" };
    static readonly Option<int?> _limit = new("--limit") { Description = "at most so many samples of each task" };
    static readonly Option<int?> _fewshot = new("--num-fewshot") { Description = "worked examples in each prompt (default: the task's own number)" };
    static readonly Option<string> _api = new("--api") { Description = "chat or completions", DefaultValueFactory = _ => "completions" };
    static readonly Option<string?> _key = new("--api-key-env") { Description = "environment variable that holds the service's key" };
    static readonly Option<string?> _prices = new("--prices") { Description = "what the service takes: IN,OUT in US dollars per million tokens of prompts and answers" };
    static readonly Option<string?> _revision = new("--revision") { Description = "tells versions of a service's model apart that have one name: kept with the run and in the key of --cache" };
    static readonly Option<string> _output = new("--replay-output") { Description = "template of a stored output", DefaultValueFactory = _ => "{{ output }}" };
    static readonly Option<string?> _id = new("--replay-id") { Description = "column that names a stored output's sample (default: by position)" };
    static readonly Option<string> _concurrency = new("--concurrency") { Description = "samples asked at a time, or auto: as many as the service bears", DefaultValueFactory = _ => "8" };

    static readonly Option<string?> _cache = new("--cache") { Description = "folder that keeps the service's answers and gives them again" };
    static readonly Option<long?> _requests = new("--max-requests") { Description = "end the run, incomplete, after so many calls" };
    static readonly Option<long?> _tokens = new("--max-tokens-total") { Description = "end the run, incomplete, after so many tokens of prompts and answers" };
    static readonly Option<double?> _cost = new("--max-cost") { Description = "end the run, incomplete, after so many US dollars by --prices" };
    static readonly Option<string?> _time = new("--max-time") { Description = "end the run, incomplete, after this time, such as 30m" };
    static readonly Option<double> _coverage = new("--coverage") { Description = "the share of samples that need an answer", DefaultValueFactory = _ => 0.9 };

    // How and not what: a run may go on with others of these.
    static readonly Option[] _means = [_concurrency, _cache, _requests, _tokens, _cost, _time, _coverage];

    public static Command Create()
    {
        var command = new Command(
            "eval", "Evaluates a language model on tasks.\n\nExample:\n  assay eval gsm8k --tasks lm-evaluation-harness/lm_eval/tasks --data datasets --model openai:http://127.0.0.1:8000/v1#my-model --limit 200")
        {
            _tasks, _model, _folder, _data, _limit, _fewshot, _api.AcceptOnlyFromAmong("chat", "completions"), _key, _prices, _revision, _output, _id, _concurrency, _cache, _requests, _tokens, _cost, _time, _coverage, RunOptions.HarnessOption,
        };
        RunOptions.AddTo(command, byRun: true);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = RunOptions.Of(arguments) with { Cache = arguments.GetValue(_cache) };
        string[] problems = [.. Problems(arguments)];
        if (problems.Length > 0)
        {
            return ConsoleOutput.Problems(options.Json, "eval", problems);
        }

        var model = ModelOf(arguments);
        var read = new TaskReadOptions { CurrentDirectory = Directory.GetCurrentDirectory(), DataFolder = arguments.GetValue(_data) };
        var selected = TaskSelection.Find(arguments.GetRequiredValue(_tasks), arguments.GetValue(_folder) is { } folder ? new(() => TaskFolder.Open(folder, cancellationToken)) : null, read);
        string[] wrong = [.. selected.Problems.Select(problem => problem.ToString())];
        if (wrong.Length > 0)
        {
            return ConsoleOutput.Problems(options.Json, "eval", wrong);
        }

        var spec = new Spec
        {
            Name = selected.Leaves is [var only] ? only.Name : arguments.GetRequiredValue(_tasks)[0],
            Source = SourceOf(arguments),
            Models = [model],
            Tasks = [.. selected.Leaves.Select(leaf => leaf.File.Require())],
            Groups = selected.Groups,
            SampleLimit = arguments.GetValue(_limit),
            Fewshot = arguments.GetValue(_fewshot),
            Concurrency = Concurrency(arguments) ?? 8,
            Limits = Limits(arguments),
        };
        return await SpecExecution.RunAsync(spec, "eval", options, cancellationToken).ConfigureAwait(false);
    }

    static IEnumerable<string> Problems(ParseResult arguments)
    {
        if (arguments.GetRequiredValue(_tasks).Length == 0)
        {
            yield return "No task is named. Expected a task file, or a name in --tasks. 'assay tasks FOLDER' lists them.";
        }

        if (arguments.GetValue(_time) is { } time && !Durations.TryParse(time, out _))
        {
            yield return $"--max-time is '{time}'. Expected a time such as 90s, 30m or 2h.";
        }

        var isService = arguments.GetRequiredValue(_model).StartsWith("openai:", StringComparison.Ordinal);
        foreach (var option in new Option[] { _prices, _revision }.Where(option => !isService && arguments.GetResult(option) is { Implicit: false }))
        {
            yield return $"{option.Name} is of a service, and --model is '{arguments.GetRequiredValue(_model)}'. Expected openai:URL#NAME. Leave {option.Name} out.";
        }

        if (arguments.GetValue(_prices) is { } prices && Prices(prices) is null)
        {
            yield return $"--prices is '{prices}'. Expected two numbers of at least 0, US dollars per million tokens of prompts and of answers, such as 0.15,0.6.";
        }

        if (arguments.GetValue(_cost) is { } cost && (!(cost >= 0) || arguments.GetValue(_prices) is null))
        {
            yield return cost >= 0 ? "--max-cost needs --prices: a cost that nobody can count would never end the run. Add --prices IN,OUT." : $"--max-cost is {cost}. Expected a number of at least 0.";
        }

        foreach (var (name, value, low) in new[] { ("--limit", arguments.GetValue(_limit), 1), ("--num-fewshot", arguments.GetValue(_fewshot), 0), ("--concurrency", Concurrency(arguments), 1) })
        {
            if (value < low)
            {
                yield return $"{name} is {value}. Expected a whole number of at least {low}.";
            }
        }
    }

    static string SourceOf(ParseResult arguments) => $"# assay eval {string.Join(' ', arguments.CommandResult.Children.SelectMany(child => child switch
    {
        OptionResult { Implicit: false } option when !RunOptions.All.Contains(option.Option) && !_means.Contains(option.Option) => option.Tokens.Select(token => token.Value).Prepend(option.Option.Name),
        ArgumentResult argument => argument.Tokens.Select(token => token.Value),
        _ => [],
    }))}\n";

    static RunLimits Limits(ParseResult arguments) => new()
    {
        Adaptive = Concurrency(arguments) is null,
        Coverage = arguments.GetValue(_coverage),
        Budget = new BudgetOptions
        {
            Requests = arguments.GetValue(_requests),
            Tokens = arguments.GetValue(_tokens),
            CostUsd = arguments.GetValue(_cost),
            Time = Durations.TryParse(arguments.GetValue(_time), out var time) ? time : null,
        },
    };

    // 'IN,OUT'; null is what cannot be read.
    static TokenPrices? Prices(string? text) => text?.Split(',') is [var input, var output] && Price(input) is { } read && Price(output) is { } written ? new TokenPrices(read, written) : null;

    static double? Price(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var price) ? price : null;

    // Null is auto; 0 is what cannot be read.
    static int? Concurrency(ParseResult arguments) => arguments.GetRequiredValue(_concurrency) is var text && text == "auto" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static LanguageModelOptions ModelOf(ParseResult arguments)
    {
        var text = arguments.GetRequiredValue(_model);
        var form = arguments.GetRequiredValue(_api) == "chat" ? PromptForm.Chat : PromptForm.Completions;
        var (kind, rest) = text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (text[..colon], text[(colon + 1)..]) : ("", text);
        if (kind == "replay")
        {
            return new ReplayOptions { Path = rest, Output = arguments.GetRequiredValue(_output), Id = arguments.GetValue(_id), Name = Path.GetFileNameWithoutExtension(rest) };
        }

        if (kind == "openai")
        {
            var hash = rest.LastIndexOf('#');
            return hash > 0 && Uri.TryCreate(rest[..hash], UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && hash < rest.Length - 1
                ? new OpenAIModelOptions { BaseAddress = address, Model = rest[(hash + 1)..], Name = rest[(hash + 1)..], Form = form, ApiKeyVariable = arguments.GetValue(_key), Prices = Prices(arguments.GetValue(_prices)), Revision = arguments.GetValue(_revision) }
                : throw new UserErrorException($"--model is '{text}'. Expected openai:URL#NAME, such as openai:http://127.0.0.1:8000/v1#my-model.");
        }

        return text == LocalModelOptions.Tiny || Directory.Exists(text)
            ? new LocalModelOptions { Path = text, Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(text)), Form = form }
            : throw new UserErrorException($"--model is '{text}', which is no folder. Expected tiny, a model's folder, openai:URL#NAME, or replay:FILE.");
    }
}
