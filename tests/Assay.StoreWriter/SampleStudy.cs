using System.Collections.Immutable;
using Assay.Learning.Tuning;

namespace Assay.StoreWriter;

/// <summary>A study that takes a while, with all that a journal must keep: choices, conditions, reports, pruned and failed trials.</summary>
public static class SampleStudy
{
    public const int Steps = 6;

    public static StudyOptions Options { get; } = new()
    {
        Space = new SearchSpace(
        [
            new Choice("kind", ["line", "curve"]), new Uniform("x", -2, 2), new Integer("n", 1, 64) { Log = true },
            new LogUniform("c", 1e-3, 1e3) { When = new Condition("kind", ["curve"]) },
        ]),
        Trials = 40,
        Seed = 12,
        Pruner = new MedianPruner { StartupTrials = 4 },
        Default = new Dictionary<string, ParameterValue> { ["kind"] = "line", ["x"] = 1.5, ["n"] = 8 }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Subject = "sample",
    };

    /// <summary>The value of a setting after some steps.</summary>
    public static double Value(ImmutableSortedDictionary<string, ParameterValue> setting, int step)
    {
        var (x, n) = (setting["x"].Number, setting["n"].Number);
        var c = setting.TryGetValue("c", out var curve) ? 0.1 * Math.Abs(Math.Log10(curve.Number)) : 0.2;
        return Math.Pow(x - 0.7, 2) + c + (Math.Abs(n - 20) / 100) + (Math.Sin(step * x * n) / step);
    }

    /// <summary>Every trial tells its steps, each after <paramref name="pause"/>; some fail.</summary>
    public static Objective Objective(Func<CancellationToken, Task> pause) => async (trial, cancellationToken) =>
    {
        for (var step = 1; step <= Steps; step++)
        {
            await pause(cancellationToken);
            if (trial.Score(Value(trial.Parameters, step)))
            {
                break;
            }
        }

        return trial.Number % 11 == 7 ? throw new UserErrorException("there is nothing to learn") : trial.Number % 13 == 9 ? double.NaN : Value(trial.Parameters, Steps);
    };

    /// <summary>All that came of a study, as text.</summary>
    public static string Describe(StudyResult study) => string.Join('\n', study.Trials.Select(trial => FormattableString.Invariant(
        $"{trial.Number} {trial.State} {trial.Value:R} {string.Join(',', trial.Parameters)} {string.Join(',', trial.Intermediates.Select(value => FormattableString.Invariant($"{value.Step}={value.Value:R}")))} {string.Join(',', trial.Scores.Select(score => FormattableString.Invariant($"{score:R}")))} {trial.Reason}")));

    /// <summary>Runs it and writes a line of its end of each step, then all that came of it.</summary>
    internal static async Task WriteAsync(string journal, int workers)
    {
        var study = await Study.RunAsync(
            Options,
            Objective(async token =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), token);
                Console.WriteLine("step");
            }),
            workers,
            journal);
        Console.WriteLine(Describe(study));
    }
}
