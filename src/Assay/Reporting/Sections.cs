using System.Collections.Immutable;
using Assay.Learning.Tuning;
using Assay.Statistics;

namespace Assay.Reporting;

/// <summary>The table the run stands on.</summary>
/// <param name="Path">As written in the spec.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hex.</param>
/// <param name="RowsRead">In the file.</param>
/// <param name="RowsWithoutTarget">Left out: no target.</param>
/// <param name="RowsDropped">Left out by drop_missing.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Positive">The positive class of a binary target, else null.</param>
/// <param name="Classes">Rows used, per class.</param>
/// <param name="Columns">Every column of the file.</param>
/// <param name="Method">How the rows were split, one line.</param>
/// <param name="TrainRows">Rows to learn from; of a cross-validation without hold-out: all.</param>
/// <param name="TestRows">Rows to judge on.</param>
public sealed record DataSection(
    string Path, string Sha256, int RowsRead, int RowsWithoutTarget, int RowsDropped, string Target, string? Positive,
    ImmutableArray<ClassSection> Classes, ImmutableArray<ColumnSection> Columns, string Method, int TrainRows, int TestRows)
{
    /// <summary>One per target of numbers; empty for classes.</summary>
    public ImmutableArray<NumberTargetSection> Numbers { get; init; } = [];
}

/// <summary>A target of numbers in the rows used. Deviation: of the sample, with n - 1.</summary>
public sealed record NumberTargetSection(string Name, int Rows, double Mean, double Deviation, double Low, double High);

/// <summary>A class and how often it stands in the rows used.</summary>
public sealed record ClassSection(string Label, int Rows, double Share);

/// <summary>A column of the file. Role: feature, target or excluded.</summary>
public sealed record ColumnSection(string Name, string Kind, string Role, int Missing, int Distinct);

/// <summary>The trained model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Layers">One line per layer; empty for models that are no network.</param>
/// <param name="Parameters">Numbers that were learned.</param>
/// <param name="Features">Inputs after preparation.</param>
/// <param name="History">loss, accuracy, val_loss, val_accuracy per epoch; of a cross-validation the mean over folds. Empty for models without epochs.</param>
/// <param name="Folds">One row per fold, empty for a hold-out.</param>
public sealed record TrainingSection(
    string Model, ImmutableArray<string> Layers, int Parameters, int Features, ImmutableArray<Series> History, ImmutableArray<FoldSection> Folds);

/// <summary>A named curve; null where undefined.</summary>
public sealed record Series(string Name, ImmutableArray<double?> Values);

/// <summary>One fold: how many rows, and its metrics by name; null where undefined.</summary>
public sealed record FoldSection(int Number, int TrainRows, int TestRows, ImmutableSortedDictionary<string, double?> Metrics);

/// <summary>What the metrics were computed from.</summary>
/// <param name="Classes">In the order of the matrix.</param>
/// <param name="Confusion">Rows are the truth, columns the prediction.</param>
/// <param name="Roc">One curve for a binary target, one per class otherwise.</param>
/// <param name="Calibration">Ten bins of the predicted probability (of the positive class, or of the predicted one); empty bins are left out.</param>
public sealed record EvaluationSection(
    ImmutableArray<string> Classes, ImmutableArray<ImmutableArray<long>> Confusion, ImmutableArray<RocSection> Roc, ImmutableArray<CalibrationSection> Calibration);

/// <summary>A ROC curve, thinned for drawing; the area is exact.</summary>
public sealed record RocSection(string Class, double? Auc, ImmutableArray<CurvePoint> Points);

/// <summary>A point of a curve.</summary>
public sealed record CurvePoint(double X, double Y);

/// <summary>Rows whose predicted probability lies in (Low, High]: how many, the mean prediction, and how often it was true with its Wilson interval.</summary>
public sealed record CalibrationSection(double Low, double High, long Count, double MeanPredicted, double Observed, double ObservedLow, double ObservedHigh);

/// <summary>How far off the predicted numbers of one target are.</summary>
/// <param name="Target">Its column.</param>
/// <param name="Points">X the truth, Y what was predicted; at most 400 rows, evenly picked.</param>
/// <param name="Quantiles">Of predicted minus true, from the least to the greatest.</param>
/// <param name="Worst">The rows with the largest errors, the largest first.</param>
public sealed record ResidualSection(string Target, ImmutableArray<CurvePoint> Points, ImmutableArray<ErrorQuantile> Quantiles, ImmutableArray<WorstRow> Worst);

/// <summary>This share of the rows has an error of at most so much.</summary>
public sealed record ErrorQuantile(double Share, double Error);

/// <summary>A row by its record's id.</summary>
public sealed record WorstRow(string Id, double Truth, double Predicted);

/// <summary>The model beside one that looks at no feature, trained and judged on the same rows.</summary>
/// <param name="Model">majority or mean.</param>
/// <param name="Metrics">Each on all rows judged.</param>
/// <param name="Conclusion">One sentence: better, or not.</param>
public sealed record BaselineSection(string Model, ImmutableArray<BaselineMetric> Metrics, string Conclusion);

/// <summary>A metric of both; the difference is the model's minus the baseline's, row by row. IsBetter: in the right direction, with p under 0.05.</summary>
public sealed record BaselineMetric(
    string Metric, double? Value, double? Baseline, double? Difference, double? DifferenceLow, double? DifferenceHigh, double? P, bool IsBetter);

/// <summary>How much worse the predictions get when a column's cells are dealt to other rows.</summary>
/// <param name="Metric">log_loss or mae, on the rows that are judged.</param>
/// <param name="Columns">The most important first.</param>
public sealed record ImportanceSection(string Metric, ImmutableArray<ColumnImportanceSection> Columns);

/// <summary>A column's mean rise of the metric over the repeats, and its interval over these; null where undefined.</summary>
public sealed record ColumnImportanceSection(string Column, double? Rise, double? Low, double? High);

/// <summary>The score over the number of training rows.</summary>
/// <param name="Metric">log_loss or mae: less is better.</param>
/// <param name="Points">Rising rows.</param>
/// <param name="Advice">More rows, a better model, or undecided, in one sentence.</param>
public sealed record LearningCurveSection(string Metric, ImmutableArray<LearningPointSection> Points, string Advice);

/// <summary>The mean over folds after training on so many rows, with its interval; null where undefined.</summary>
public sealed record LearningPointSection(int Rows, double? Mean, double? Low, double? High);

/// <summary>The same rows through the network.</summary>
/// <param name="Protocol">v2.</param>
/// <param name="Rows">Sent and answered.</param>
/// <param name="LargestDifference">Between a probability (or number) in process and the same one from the service.</param>
/// <param name="DifferentLabels">Rows whose predicted class (or number) differs.</param>
/// <param name="MetricsEqual">Every metric has the same value as in process.</param>
public sealed record ServiceSection(string Protocol, int Rows, double LargestDifference, int DifferentLabels, bool MetricsEqual);

/// <summary>One load profile against the service.</summary>
/// <param name="Name">As the spec calls it; without a name its arrivals.</param>
/// <param name="Arrivals">poisson 200/s, closed 4, ...</param>
/// <param name="Planned">Requests on the schedule.</param>
/// <param name="Sent">Requests that left.</param>
/// <param name="Ok">Complete and right answers.</param>
/// <param name="Failures">Outcome and reason to count.</param>
/// <param name="Seconds">From the first scheduled to the last end.</param>
/// <param name="Cancelled">True when the user ended it early.</param>
/// <param name="Slo">Targets: name, asked, measured, holds.</param>
/// <param name="Latency">Distribution function of the latency from schedule: X seconds, Y share of the requests at or below.</param>
public sealed record LoadSection(
    string Name, string Arrivals, long Planned, long Sent, long Ok, ImmutableSortedDictionary<string, long> Failures, double Seconds, bool Cancelled,
    ImmutableArray<SloSection> Slo, ImmutableArray<CurvePoint> Latency)
{
    /// <summary>VALID, or INVALID and why: whether the client, and not the server, was the limit. Null where it was not judged.</summary>
    public string? Validity { get; init; }

    /// <summary>Checks of the run against itself and against what was asked.</summary>
    public ImmutableArray<AuditSection> Audits { get; init; } = [];

    /// <summary>Seconds from the start of the run at which the measured window begins: after the warm-up.</summary>
    public double MeasuredFrom { get; init; }

    /// <summary>Where it ends: before the cool-down. 0 where it is not known.</summary>
    public double MeasuredTo { get; init; }

    /// <summary>The run in steps of equal length, at most 600.</summary>
    public ImmutableArray<LoadMoment> Timeline { get; init; } = [];

    /// <summary>The slowest requests, the slowest first; at most 40.</summary>
    public ImmutableArray<SlowRequest> Slowest { get; init; } = [];
}

/// <summary>One check of a load run.</summary>
/// <param name="Name">conservation, schedule, arrivals, little, tokens.</param>
/// <param name="Holds">Null when there is too little to tell.</param>
/// <param name="Figures">What was compared.</param>
public sealed record AuditSection(string Name, bool? Holds, string Figures);

/// <summary>One step of a load run. Times in seconds; a percentile is null where nothing ended.</summary>
/// <param name="At">Its beginning, from the start of the run.</param>
/// <param name="Sent">Requests sent within it.</param>
/// <param name="Ok">Good answers that ended within it.</param>
/// <param name="Failed">Other ends within it.</param>
/// <param name="Open">Requests on their way at its end.</param>
/// <param name="LatencyP50">Of the good answers that ended within it, from the schedule.</param>
/// <param name="LatencyP99">The same.</param>
/// <param name="TtftP50">The same; null without streams.</param>
public sealed record LoadMoment(double At, int Sent, int Ok, int Failed, int Open, double? LatencyP50, double? LatencyP99, double? TtftP50);

/// <summary>A request and its life: seconds from the start of the run.</summary>
/// <param name="Index">Its place in the run.</param>
/// <param name="Scheduled">When it was due.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="FirstToken">Null without one.</param>
/// <param name="End">When it ended.</param>
/// <param name="Outcome">As in the counts: ok, timeout, ...</param>
/// <param name="LongestGap">Between two events that brought text; null with fewer than two.</param>
public sealed record SlowRequest(int Index, double Scheduled, double Sent, double? FirstToken, double End, string Outcome, double? LongestGap);

/// <summary>A latency target, in seconds. Measured is null when the sample is too small.</summary>
public sealed record SloSection(string Name, double Target, double? Measured, bool Holds);

/// <summary>A part of the data beside the rest of it.</summary>
/// <param name="Column">The slice column.</param>
/// <param name="Value">Its value.</param>
/// <param name="Score">Within the slice: accuracy, or mae for numbers.</param>
/// <param name="Difference">That within minus that of the rest; null when there is no rest.</param>
/// <param name="DifferenceLow">Lower end of its interval.</param>
/// <param name="DifferenceHigh">Upper end.</param>
/// <param name="AdjustedP">Fisher's exact test, for numbers Welch's t; corrected over all slices by Benjamini and Hochberg.</param>
/// <param name="IsWeak">Worse than the rest with adjusted p under 0.05.</param>
public sealed record SliceSection(
    string Column, string Value, Estimate Score, double? Difference, double? DifferenceLow, double? DifferenceHigh, double? AdjustedP, bool IsWeak);

/// <summary>The search over hyper-parameters.</summary>
/// <param name="Metric">What was optimised, over the folds' test rows.</param>
/// <param name="Minimise">True when less is better.</param>
/// <param name="Trials">Number 0 is the default.</param>
/// <param name="Best">Number of the best trial; null when none was completed.</param>
/// <param name="Difference">Best minus default, mean over folds.</param>
/// <param name="DifferenceLow">Lower end of its interval.</param>
/// <param name="DifferenceHigh">Upper end.</param>
/// <param name="P">Corrected resampled t-test of the difference.</param>
/// <param name="AdjustedP">The same times the number of settings, for the winner was picked among them.</param>
/// <param name="Conclusion">One sentence: differs, or indistinguishable.</param>
public sealed record OptimiseSection(
    string Metric, bool Minimise, ImmutableArray<TrialSection> Trials, int? Best, double? Difference, double? DifferenceLow, double? DifferenceHigh,
    double? P, double? AdjustedP, string Conclusion)
{
    /// <summary>How settings were chosen and stopped.</summary>
    public string? Method { get; init; }

    /// <summary>What to expect of the best trial: it was picked for its score, which flatters it. Null when that cannot be told.</summary>
    public double? Expected { get; init; }

    /// <summary>How much better its own score looks than that.</summary>
    public double? Optimism { get; init; }
}

/// <summary>One tried setting and its score per fold; null where undefined.</summary>
public sealed record TrialSection(int Number, ImmutableSortedDictionary<string, ParameterValue> Parameters, ImmutableArray<double?> FoldScores, double? Mean)
{
    /// <summary>completed, pruned or failed.</summary>
    public string State { get; init; } = "completed";

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Reason { get; init; }
}

/// <summary>A task under one model and filter.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Filter">The answer filter.</param>
/// <param name="Samples">All of the task's, or the limit.</param>
/// <param name="Outcomes">Outcome to count.</param>
/// <param name="Wrong">The first wrong answers, to look at.</param>
public sealed record TaskSection(
    string Task, string Model, string Filter, long Samples, ImmutableSortedDictionary<string, long> Outcomes, ImmutableArray<AnswerSection> Wrong);

/// <summary>One answer beside what was wanted.</summary>
public sealed record AnswerSection(string Id, string Target, string? Answer);
