using Assay.Comparing;
using Assay.Models;
using Assay.Results;

namespace Assay.Benchmarks;

/// <summary>Stored records as they come of a store: parsed, put in columns, compared.</summary>
static class ComparingBenchmarks
{
    const int Samples = 200_000;

    public static IEnumerable<Benchmark> All => [new("Comparing", "two runs of 200,000 samples", null, 0, _ => Prepare())];

    static Func<object?> Prepare()
    {
        var (a, b) = (Lines(1), Lines(2));
        return () =>
        {
            RunScores[] runs = [new("a"), new("b")];
            Parallel.For(0, 2, i =>
            {
                foreach (var line in i == 0 ? a : b)
                {
                    runs[i].Add(RecordJson.Parse(line));
                }
            });
            return FormattableString.Invariant($"{Comparison.Compare(runs[0], runs[1]).Scores[0].Difference:F6}");
        };
    }

    static string[] Lines(ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, Samples).Select(i => RecordJson.Serialize(new Record
        {
            Id = $"{i}",
            Stage = "evaluate",
            Task = "task",
            Model = "model",
            Filter = "none",
            Input = $"Question {i}: how much is {i} and {i + 1}, and why is it so? Answer with a number.",
            Target = $"{i + i + 1}",
            Output = $"It is {i + i + 1}, for that is the sum.",
            Answer = $"{i + i + 1}",
            Outcome = Outcome.Ok,
            Scores = new Dictionary<string, double> { ["exact_match"] = random.NextDouble() < 0.6 ? 1 : 0 },
            Seconds = random.NextExponential(),
            OutputTokens = 20 + random.Next(50),
            Cost = 0.001,
        }))];
    }
}
