using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Metrics;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary><c>assay text-metrics HYPOTHESES REFERENCES</c>: metrics of texts, a line a segment.</summary>
static class TextMetricsCommand
{
    static readonly string[] _metricNames = ["bleu", "chrf", "chrf++", "ter", "wer", "token_f1", "quasi_exact_match", "rouge1", "rouge2", "rougeL"];
    static readonly string[] _tokenizers = ["13a", "intl", "zh", "char", "none"];

    static readonly Argument<string> _hypotheses = new("hypotheses") { Description = "text file, a segment a line" };
    static readonly Argument<string[]> _references = new("references") { Description = "one file or more with as many lines", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string> _metrics = new("--metric") { Description = $"of {string.Join(", ", _metricNames)}", DefaultValueFactory = _ => "bleu,chrf,ter" };
    static readonly Option<string> _tokenizer = new("--tokenize") { Description = $"tokenizer of BLEU: {string.Join(", ", _tokenizers)}", DefaultValueFactory = _ => "13a" };
    static readonly Option<bool> _lowercase = new("--lowercase") { Description = "compare BLEU and chrF in lower case" };
    static readonly Option<string?> _baseline = new("--baseline") { Description = "another system's file: also the paired difference" };
    static readonly Option<int> _resamples = new("--resamples") { Description = "resamples of intervals and p-values", DefaultValueFactory = _ => 1000 };
    static readonly Option<ulong> _seed = new("--seed") { Description = "of the resampling", DefaultValueFactory = _ => 1 };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command(
            "text-metrics",
            "Scores texts against references: BLEU, chrF and TER as sacrebleu 2 does, with intervals.\n\n"
            + "Example:\n  assay text-metrics system.en reference.a.en reference.b.en --baseline other.en")
        {
            _hypotheses, _references, _metrics, _tokenizer, _lowercase, _baseline, _resamples, _seed, _json,
        };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(arguments, cancellationToken)));
        return command;
    }

    static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (system, baseline) = (arguments.GetRequiredValue(_hypotheses), arguments.GetValue(_baseline));
        var referencePaths = arguments.GetRequiredValue(_references);
        var metrics = Metrics(arguments);
        var options = new EstimateOptions { Seed = arguments.GetValue(_seed), Rounds = arguments.GetValue(_resamples) };
        if (options.Rounds < 1)
        {
            throw new UserErrorException($"--resamples is {options.Rounds}. Expected 1 or more.");
        }

        var hypotheses = LineFile.Read(system);
        var streams = referencePaths.Select(path => SameLength(path, LineFile.Read(path), system, hypotheses.Count)).ToList();
        var others = baseline is null ? null : SameLength(baseline, LineFile.Read(baseline), system, hypotheses.Count);
        var references = Enumerable.Range(0, hypotheses.Count).Select(i => streams.Select(stream => stream[i]).ToArray()).ToArray();

        var estimates = new List<Estimate>();
        foreach (var metric in metrics)
        {
            var statistics = CorpusStatistics.Of(metric, hypotheses, references, cancellationToken);
            estimates.AddRange(others is null
                ? [CorpusEstimates.Of(statistics, options, cancellationToken) with { Stage = "evaluate", Model = system }]
                : Compared(CorpusEstimates.Compare(statistics, CorpusStatistics.Of(metric, others, references, cancellationToken), options, cancellationToken), system, baseline!));
        }

        Print(arguments.GetValue(_json), estimates, metrics, streams.Count);
        return CommandLine.Done;
    }

    static List<CorpusMetric> Metrics(ParseResult arguments)
    {
        var tokenizer = arguments.GetRequiredValue(_tokenizer);
        Known("--tokenize", tokenizer, _tokenizers);
        var lowercase = arguments.GetValue(_lowercase);
        return [.. arguments.GetRequiredValue(_metrics).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Select(name =>
        {
            Known("--metric", name, _metricNames);
            return name switch
            {
                "bleu" => Bleu.Metric(new BleuOptions { Tokenizer = (BleuTokenizer)Array.IndexOf(_tokenizers, tokenizer), Lowercase = lowercase }),
                "chrf" => Chrf.Metric(new ChrfOptions { Lowercase = lowercase }),
                "chrf++" => Chrf.Metric(new ChrfOptions { Lowercase = lowercase, WordOrder = 2 }),
                "ter" => Ter.Metric(),
                "wer" => WordErrorRate.Metric(),
                "token_f1" => TokenF1.Metric(),
                "quasi_exact_match" => QuasiExactMatch.Metric(),
                _ => Rouge.Metric(name),
            };
        })];
    }

    static void Known(string option, string found, string[] known)
    {
        if (!known.Contains(found))
        {
            throw new UserErrorException($"{option}: '{found}' is unknown.{NearestName.Hint(found, known)} Expected of {string.Join(", ", known)}.");
        }
    }

    static IReadOnlyList<string> SameLength(string path, IReadOnlyList<string> lines, string system, int expected) => lines.Count == expected
        ? lines
        : throw new UserErrorException($"{path}: {lines.Count} lines, but {system} has {expected}. Expected line i of both to be the same segment; give files that match.");

    static IEnumerable<Estimate> Compared(CorpusComparison comparison, string system, string baseline) =>
    [
        comparison.System with { Stage = "evaluate", Model = system },
        comparison.Baseline with { Stage = "evaluate", Model = baseline },
        comparison.Difference with { Model = system },
        comparison.PValue with { Model = system },
    ];

    static void Print(bool json, List<Estimate> estimates, List<CorpusMetric> metrics, int references)
    {
        if (json)
        {
            var document = ConsoleOutput.Document("text-metrics");
            document["signatures"] = new JsonObject(metrics.Where(metric => metric.Signature is not null)
                .Select(metric => KeyValuePair.Create<string, JsonNode?>(metric.Name, metric.Signature!(references))));
            document["estimates"] = JsonSerializer.SerializeToNode(estimates, ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
            return;
        }

        foreach (var estimate in estimates)
        {
            var interval = estimate.Low is null ? estimate.Reason ?? "" : string.Create(CultureInfo.InvariantCulture, $"[{estimate.Low:F4}, {estimate.High:F4}] {estimate.Method}");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{estimate.Metric,-18} {estimate.Value,9:F4}  {interval}  n {estimate.N}  {estimate.Model}"));
        }

        foreach (var metric in metrics.Where(metric => metric.Signature is not null))
        {
            Console.Out.WriteLine($"{metric.Name}: {metric.Signature!(references)}");
        }
    }
}
