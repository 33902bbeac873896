using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>
/// The tree-structured Parzen estimator: trials are parted into the best tenth (25 at most) and the rest, the density of each part is estimated
/// for every parameter by itself, and of some candidates drawn from the first that one is tried where it exceeds the second most. Sources: Bergstra
/// et al., "Algorithms for hyper-parameter optimization", 2011; the rules and numbers are those of Optuna 4's TPESampler. Its own: a setting drawn at
/// the start is never drawn twice, and the study ends when every setting of a space that can be counted was tried.
/// </summary>
public sealed record TpeSampler : Sampler
{
    /// <summary>Settings are drawn at random until so many trials are completed or pruned. Default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>Candidates for each value. Default 24.</summary>
    public int Candidates { get; init; } = 24;

    internal override Func<int, ArraySegment<Trial>, ImmutableSortedDictionary<string, ParameterValue>?> Begin(StudyOptions options)
    {
        var start = options.Default is { } setting ? Setting.Key(setting) : null;
        var tried = new HashSet<string>(StringComparer.Ordinal);
        if (start is not null)
        {
            tried.Add(start);
        }

        var count = options.Space.Count is { } settings
            ? settings + (start is null || options.Space.Settings().Any(other => Setting.Key(other) == start) ? 0 : 1)
            : int.MaxValue;
        return (number, known) => tried.Count < count ? Propose(options, RandomOf(options, number), known, tried) : null;
    }

    internal override JsonObject Describe() => new() { ["name"] = "tpe", ["startup_trials"] = StartupTrials, ["candidates"] = Candidates };

    internal override IEnumerable<string> Problems(SearchSpace space)
    {
        if (StartupTrials < 0)
        {
            yield return $"tpe's startup_trials is {StartupTrials}. It must be at least 0. Raise it.";
        }

        if (Candidates < 1)
        {
            yield return $"tpe's candidates is {Candidates}. It must be at least 1. Raise it.";
        }
    }

    ImmutableSortedDictionary<string, ParameterValue>? Propose(StudyOptions options, SeededRandom random, ArraySegment<Trial> known, HashSet<string> tried)
    {
        var ended = known.Where(trial => trial.State != TrialState.Failed).ToArray();
        if (ended.Length < StartupTrials)
        {
            return RandomSampler.DrawNew(options.Space, random, tried);
        }

        var (below, above) = TpeSplit.Of(ended, options.Direction);
        var setting = options.Space.Fill(parameter => Choose(parameter, random, below, above));
        tried.Add(Setting.Key(setting));
        return setting;
    }

    ParameterValue Choose(SearchParameter parameter, SeededRandom random, ImmutableArray<Trial> below, ImmutableArray<Trial> above)
    {
        if (parameter.Range is { } range)
        {
            return range.Low == range.High
                ? range.Low
                : Choose(random, NumericMixture.Of(parameter, Numbers(below, parameter, range)), NumericMixture.Of(parameter, Numbers(above, parameter, range)));
        }

        var choice = (Choice)parameter;
        var good = CategoricalMixture.Probabilities(choice.Values.Length, Places(below, choice));
        var bad = CategoricalMixture.Probabilities(choice.Values.Length, Places(above, choice));
        return choice.Values[(int)Best(() => CategoricalMixture.Draw(good, random), place => Math.Log(good[(int)place]) - Math.Log(bad[(int)place]))];
    }

    double Choose(SeededRandom random, NumericMixture good, NumericMixture bad) =>
        Best(() => good.Draw(random), value => good.LogDensity(value) - bad.LogDensity(value));

    // The first of equals, as numpy's argmax.
    double Best(Func<double> draw, Func<double, double> gain)
    {
        var (best, bestGain) = (draw(), double.NegativeInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var candidate = i == 0 ? best : draw();
            if (gain(candidate) is var found && found > bestGain)
            {
                (best, bestGain) = (candidate, found);
            }
        }

        return best;
    }

    // A default may lie outside the range that is searched: then it says nothing on the parameter.
    static double[] Numbers(ImmutableArray<Trial> trials, SearchParameter parameter, NumericRange range) =>
    [
        .. trials.Where(trial => trial.Parameters.TryGetValue(parameter.Name, out var value) && value.Number >= range.Low && value.Number <= range.High)
            .Select(trial => trial.Parameters[parameter.Name].Number),
    ];

    static int[] Places(ImmutableArray<Trial> trials, Choice choice) =>
        [.. trials.Select(trial => trial.Parameters.TryGetValue(choice.Name, out var value) ? choice.Values.IndexOf(value) : -1).Where(place => place >= 0)];
}
