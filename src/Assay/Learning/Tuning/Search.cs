using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Networks;

namespace Assay.Learning.Tuning;

/// <summary>Random search: every setting is cross-validated on the same folds with the same seeds, so trials are paired.</summary>
public static class Search
{
    // So often is a setting drawn again that was tried before; then there is hardly another one.
    const int Redraws = 1000;

    /// <summary>The same study for any number of workers.</summary>
    /// <param name="table">All rows; none may lack its target.</param>
    /// <param name="splits">The folds of every trial.</param>
    /// <param name="defaults">Trial 0; the others change the searched parameters only.</param>
    /// <param name="options">What to search; with fewer distinct settings than trials, each is tried once.</param>
    /// <param name="score">A fold's score, called from several threads; NaN where it is undefined.</param>
    /// <param name="workers">Folds that are trained at the same time.</param>
    /// <param name="done">Told how many of the trials' folds are done, from whatever thread.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UserErrorException">The options have problems, or as of <see cref="Trainer.Fit"/>.</exception>
    public static async Task<Study> RunAsync(
        Table table,
        ImmutableArray<Split> splits,
        TrainingOptions defaults,
        SearchOptions options,
        Func<FoldResult, double> score,
        int workers,
        IProgress<int>? done = null,
        CancellationToken cancellationToken = default)
    {
        if (options.Problems() is { IsEmpty: false } problems)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, problems));
        }

        var shared = CrossValidation.WithClasses(table, defaults);
        var settings = Settings(defaults, options);
        var scores = new double[settings.Count * splits.Length];
        await Fits.RunAsync(
            scores.Length,
            workers,
            done,
            (i, token) =>
            {
                var (trial, fold) = (i / splits.Length, i % splits.Length);
                var result = CrossValidation.Fold(table, splits[fold], fold + 1, Apply(shared, settings[trial]), token);
                scores[i] = result.Training.History.StoppedBecause is null ? score(result) : double.NaN;
            },
            cancellationToken).ConfigureAwait(false);
        return Judge([.. settings.Select((setting, i) => ToTrial(i, setting, [.. scores.Skip(i * splits.Length).Take(splits.Length)]))], options.Minimise);
    }

    /// <summary>The training with a trial's parameters in place of its own.</summary>
    public static TrainingOptions Apply(TrainingOptions defaults, IReadOnlyDictionary<string, double> parameters)
    {
        var model = defaults.Model;
        foreach (var (name, value) in parameters)
        {
            model = name switch
            {
                "learning_rate" => model with { Optimizer = model.Optimizer with { LearningRate = value } },
                "batch_size" => model with { BatchSize = (int)value },
                "epochs" => model with { Epochs = (int)value },
                "units" => model with { Layers = [.. model.Layers[..^1].Select(layer => layer is Dense dense ? dense with { Units = (int)value } : layer), model.Layers[^1]] },
                _ => throw new ArgumentException($"There is no parameter '{name}'.", nameof(parameters)),
            };
        }

        return defaults with { Model = model };
    }

    static List<ImmutableSortedDictionary<string, double>> Settings(TrainingOptions defaults, SearchOptions options)
    {
        var settings = new List<ImmutableSortedDictionary<string, double>> { Default(defaults.Model, options) };
        var seen = settings.Select(Key).ToHashSet(StringComparer.Ordinal);
        var random = new SeededRandom(options.Seed);
        for (var redraws = 0; settings.Count < options.Trials && redraws < Redraws;)
        {
            var setting = options.Parameters.ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Draw(random), StringComparer.Ordinal);
            if (seen.Add(Key(setting)))
            {
                settings.Add(setting);
                redraws = 0;
            }
            else
            {
                redraws++;
            }
        }

        return settings;
    }

    static string Key(ImmutableSortedDictionary<string, double> setting) =>
        string.Join(';', setting.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value:R}")));

    static ImmutableSortedDictionary<string, double> Default(SequentialOptions model, SearchOptions options)
    {
        var hidden = model.Layers.IsDefaultOrEmpty ? [] : model.Layers[..^1].OfType<Dense>().Select(layer => (double)layer.Units).Distinct().ToArray();
        var values = new Dictionary<string, double?>
        {
            ["learning_rate"] = model.Optimizer.LearningRate,
            ["batch_size"] = model.BatchSize,
            ["epochs"] = model.Epochs,
            ["units"] = hidden.Length == 1 ? hidden[0] : null,
        };
        return options.Parameters.Where(parameter => values[parameter.Name] is not null)
            .ToImmutableSortedDictionary(parameter => parameter.Name, parameter => values[parameter.Name]!.Value, StringComparer.Ordinal);
    }

    static Trial ToTrial(int number, ImmutableSortedDictionary<string, double> setting, ImmutableArray<double> scores)
    {
        var completed = scores.Length > 0 && scores.All(double.IsFinite);
        return new Trial(number, setting, scores, completed ? scores.Average() : double.NaN, completed);
    }

    static Study Judge(ImmutableArray<Trial> trials, bool minimise)
    {
        var sign = minimise ? -1 : 1;
        var best = trials.Where(trial => trial.Completed).MaxBy(trial => sign * trial.Mean);
        return new Study(trials, trials[0], best ?? trials[0]);
    }
}
