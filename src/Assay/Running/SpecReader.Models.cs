using Assay.Learning;
using Assay.Learning.Baselines;
using Assay.Learning.Calibration;
using Assay.Learning.Linear;

namespace Assay.Running;

public sealed partial class SpecReader
{
    TrainSpec ReadTrain(SpecNode node)
    {
        var map = node.Map("weights", "scale_target", "calibrate", "baseline", "save");
        return new TrainSpec
        {
            Weights = map.GetValueOrDefault("weights")?.Text(),
            ScaleTarget = map.GetValueOrDefault("scale_target")?.Truth() ?? false,
            Calibrate = map.GetValueOrDefault("calibrate")?.Choice("platt", "sigmoid", "isotonic")?.Name switch
            {
                "platt" => CalibrationMethod.SigmoidOfLogOdds,
                "sigmoid" => CalibrationMethod.Sigmoid,
                "isotonic" => CalibrationMethod.Isotonic,
                _ => null,
            },
            Baseline = map.GetValueOrDefault("baseline")?.Truth() ?? true,
            Save = map.GetValueOrDefault("save")?.Text() is { } path ? Path.GetFullPath(path, _currentFolder) : null,
        };
    }

    static AnalyseSpec ReadAnalyse(SpecNode node)
    {
        var map = node.Map("permutation_importance", "learning_curve");
        return new AnalyseSpec
        {
            PermutationRepeats = map.TryGetValue("permutation_importance", out var importance) ? ReadRepeats(importance) : 0,
            LearningCurve = map.GetValueOrDefault("learning_curve")?.Truth() ?? false,
        };
    }

    static int ReadRepeats(SpecNode node) => node.IsMap ? node.Map("repeats").GetValueOrDefault("repeats")?.Whole(2) ?? 10 : node.Truth() == true ? 10 : 0;

    // Models that may stand without settings: 'model: logistic'.
    static ModelOptions ReadSimple(string kind, SpecNode? settings) => kind switch
    {
        "logistic" => ReadLogistic(settings),
        "ridge" => settings?.Map("alpha").GetValueOrDefault("alpha")?.Number(0) is { } alpha ? new RidgeOptions { Alpha = alpha } : new RidgeOptions(),
        "mean" => new MeanOptions { Median = settings?.Map("median").GetValueOrDefault("median")?.Truth() ?? false },
        _ when settings?.Map().Count > 0 => new LinearOptions(),
        "majority" => new MajorityOptions(),
        _ => new LinearOptions(),
    };

    static LogisticOptions ReadLogistic(SpecNode? node)
    {
        var options = new LogisticOptions();
        var map = node?.Map("l2", "balanced", "tolerance", "max_iterations");
        return map is null ? options : options with
        {
            L2 = Number(map, "l2") ?? options.L2,
            Balanced = map.GetValueOrDefault("balanced")?.Truth() ?? options.Balanced,
            Tolerance = map.GetValueOrDefault("tolerance")?.Number(1e-12) ?? options.Tolerance,
            MaxIterations = Whole(map, "max_iterations") ?? options.MaxIterations,
        };
    }
}
