namespace Assay.Running;

public sealed partial class SpecReader
{
    static MethodSpec ReadMethod(SpecNode node)
    {
        var map = node.Map("holdout", "cross_validation", "shuffle", "time_series");
        var method = new MethodSpec { TestShare = null };
        if (map.TryGetValue("holdout", out var holdout))
        {
            var keys = holdout.Map("test", "stratify", "seed", "group");
            method = WithCommon(method with { TestShare = keys.TryGetValue("test", out var test) ? test.Number(0.001, 0.999) : 0.2 }, keys);
        }

        if (map.TryGetValue("cross_validation", out var folds))
        {
            var keys = folds.Map("folds", "repeats", "stratify", "seed", "group");
            method = WithCommon(method with { Folds = keys.TryGetValue("folds", out var count) ? count.Whole(2) : 5, Repeats = keys.GetValueOrDefault("repeats")?.Whole(1) ?? 1 }, keys);
            if (method is { Repeats: > 1, Group: not null, Stratify: false })
            {
                folds.Problem("'method.cross_validation' repeats folds of groups, which without 'stratify' are the same each time. Take 'repeats' or 'stratify: false' out, or use 'shuffle'.");
            }
        }

        if (map.TryGetValue("shuffle", out var shuffle))
        {
            var keys = shuffle.Map("splits", "test", "stratify", "seed", "group");
            method = WithCommon(method with { Folds = keys.GetValueOrDefault("splits")?.Whole(2) ?? 10, ShuffleShare = keys.GetValueOrDefault("test")?.Number(0.001, 0.999) ?? 0.2 }, keys);
            if (map.ContainsKey("cross_validation"))
            {
                shuffle.Problem("'method' has 'shuffle' and 'cross_validation', and both make the folds. Take one of them out.");
            }
        }

        if (map.TryGetValue("time_series", out var series))
        {
            if (map.Count > 1)
            {
                series.Problem("'method' has 'time_series' and another way to split. Rows in the order of time are split by it alone. Take the other out.");
            }

            method = method with { TimeSeries = ReadTimeSeries(series) };
        }

        return method;
    }

    static MethodSpec WithCommon(MethodSpec method, IReadOnlyDictionary<string, SpecNode> map) => method with
    {
        Stratify = map.TryGetValue("stratify", out var stratify) ? stratify.Truth() ?? true : method.Stratify,
        Seed = map.TryGetValue("seed", out var seed) ? seed.Seed() : method.Seed,
        Group = map.TryGetValue("group", out var group) ? group.Text() : method.Group,
    };

    static TimeSeriesSpec ReadTimeSeries(SpecNode node)
    {
        var map = node.Map("folds", "gap", "max_train", "test", "column");
        return new TimeSeriesSpec
        {
            Folds = map.GetValueOrDefault("folds")?.Whole(2) ?? 5,
            Gap = map.GetValueOrDefault("gap")?.Whole(0) ?? 0,
            MaxTrain = map.GetValueOrDefault("max_train")?.Whole(1),
            TestRows = map.GetValueOrDefault("test")?.Whole(1),
            Column = map.GetValueOrDefault("column")?.Text(),
        };
    }
}
