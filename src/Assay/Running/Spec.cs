using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Calibration;
using Assay.Learning.Tuning;
using Assay.Load;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>What to do, read from YAML and checked as a whole. Immutable; two equal specs with one seed give equal reports but for times.</summary>
public sealed record Spec
{
    /// <summary>Names the run's folder and groups runs in the store.</summary>
    public required string Name { get; init; }

    /// <summary>Everything random is drawn from it. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The YAML it was read from.</summary>
    public string Source { get; init; } = "";

    /// <summary>The table; null for language models.</summary>
    public DataSpec? Data { get; init; }

    /// <summary>Steps from raw columns to features, in order.</summary>
    public ImmutableArray<PreparationStep> Prepare { get; init; } = [];

    /// <summary>How rows are split. Default: a stratified hold-out of a fifth.</summary>
    public MethodSpec Method { get; init; } = new();

    /// <summary>The model to train; null when nothing is trained.</summary>
    public ModelOptions? Model { get; init; }

    /// <summary>How it is trained, besides its own options.</summary>
    public TrainSpec Training { get; init; } = new();

    /// <summary>What is looked for beyond slices.</summary>
    public AnalyseSpec Analyse { get; init; } = new();

    /// <summary>Language models, in the order of the spec.</summary>
    public ImmutableArray<LanguageModelOptions> Models { get; init; } = [];

    /// <summary>Metrics of a table. Empty: of classes accuracy, precision, recall, f1, roc_auc, log_loss, loss; of numbers mae, rmse, r2, medae, mean_error.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];

    /// <summary>Columns whose values are judged apart.</summary>
    public ImmutableArray<string> Slices { get; init; } = [];

    /// <summary>True to evaluate the trained model through the network as well.</summary>
    public bool Serve { get; init; }

    /// <summary>True to put the tasks to local language models through the network, over the OpenAI protocol.</summary>
    public bool ServeLanguageModels { get; init; }

    /// <summary>Load profiles against the served models.</summary>
    public ImmutableArray<LoadProfile> Loads { get; init; } = [];

    /// <summary>A search over hyper-parameters; null for none.</summary>
    public OptimiseSpec? Optimise { get; init; }

    /// <summary>Benchmark tasks for language models.</summary>
    public ImmutableArray<TaskDefinition> Tasks { get; init; } = [];

    /// <summary>Groups of these tasks, whose means are reported beside them.</summary>
    public ImmutableArray<TaskGroup> Groups { get; init; } = [];

    /// <summary>Worked examples in each prompt; null for each task's own number.</summary>
    public int? Fewshot { get; init; }

    /// <summary>Samples that a language model is asked at a time. Default 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How services are asked, and when a run ends early.</summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>At most so many samples of each task; null for all.</summary>
    public int? SampleLimit { get; init; }

    /// <summary>The stored run to compare with; null for none.</summary>
    public BaselineSpec? Baseline { get; init; }

    /// <summary>When tasks may end early; null: all samples are asked.</summary>
    public StopSpec? Stop { get; init; }

    /// <summary>Conditions on the numbers.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];
}

/// <summary>A table and its target.</summary>
public sealed record DataSpec
{
    /// <summary>As written in the spec.</summary>
    public required string Path { get; init; }

    /// <summary>Where it was found.</summary>
    public required string FullPath { get; init; }

    /// <summary>The column to predict.</summary>
    public required string Target { get; init; }

    /// <summary>Further columns of numbers to predict with it.</summary>
    public ImmutableArray<string> MoreTargets { get; init; } = [];

    /// <summary>Null: by the rule of <see cref="TrainingOptions.TargetKind"/>.</summary>
    public TargetKind? TargetKind { get; init; }

    /// <summary>The positive class of a binary target; null: the last in order (1, True, yes).</summary>
    public string? Positive { get; init; }

    /// <summary>Columns a model must not see.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>How the file is read.</summary>
    public ReadOptions Reading { get; init; } = new();

    internal ImmutableArray<string> Targets => [Target, .. MoreTargets];
}

/// <summary>How a model is trained.</summary>
public sealed record TrainSpec
{
    /// <summary>As <see cref="TrainingOptions.Weights"/>.</summary>
    public string? Weights { get; init; }

    /// <summary>As <see cref="TrainingOptions.ScaleTarget"/>.</summary>
    public bool ScaleTarget { get; init; }

    /// <summary>As <see cref="TrainingOptions.Calibrate"/>.</summary>
    public CalibrationMethod? Calibrate { get; init; }

    /// <summary>False: nothing is held against the model that always names the largest class, or the mean.</summary>
    public bool Baseline { get; init; } = true;

    /// <summary>Where a last model, fitted on all rows, is written; null: none is fitted.</summary>
    public string? Save { get; init; }
}

/// <summary>Analyses that train or predict many times more. All are off by default.</summary>
public sealed record AnalyseSpec
{
    /// <summary>Repeats of the permutation of each column; 0: no permutation importance.</summary>
    public int PermutationRepeats { get; init; }

    /// <summary>True: the score over growing parts of the training rows.</summary>
    public bool LearningCurve { get; init; }
}

/// <summary>How rows are split. With both, folds are made of the training side of the hold-out.</summary>
public sealed record MethodSpec
{
    /// <summary>Share of rows held out for the test; null for none.</summary>
    public double? TestShare { get; init; } = 0.2;

    /// <summary>Folds of a cross-validation, or draws of a shuffle; null for none.</summary>
    public int? Folds { get; init; }

    /// <summary>How often the folds of a cross-validation are made anew; every row is tested as often.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Each of the <see cref="Folds"/> is a hold-out of this share of the rows, drawn anew; null: folds that share no test row.</summary>
    public double? ShuffleShare { get; init; }

    /// <summary>Keep the class shares on both sides.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>Of the split alone; null: drawn from the spec's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The column whose values must not stand on both sides of any split; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Folds of rows in the order of time; null for none.</summary>
    public TimeSeriesSpec? TimeSeries { get; init; }
}

/// <summary>Folds in which every model learns from earlier rows than those it is judged on.</summary>
public sealed record TimeSeriesSpec
{
    /// <summary>2 or more.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Rows left out between training and test.</summary>
    public int Gap { get; init; }

    /// <summary>At most so many rows to learn from; null for all.</summary>
    public int? MaxTrain { get; init; }

    /// <summary>Rows of each test side; null: rows / (folds + 1).</summary>
    public int? TestRows { get; init; }

    /// <summary>The column of dates or numbers that orders the rows; null: they are in the order of time already.</summary>
    public string? Column { get; init; }
}

/// <summary>A load profile and the name that gates and reports call it by.</summary>
public sealed record LoadProfile(string Name, LoadOptions Options)
{
    /// <summary>What its requests are: <see cref="LoadProtocol.V2"/> rows of the table to the trained model, else prompts of the tasks to the language model. Default: V2.</summary>
    public LoadProtocol Protocol { get; init; }

    /// <summary>Of a language model: at most so many tokens in an answer. Default 64.</summary>
    public int MaxTokens { get; init; } = 64;

    /// <summary>A service that this run does not start; null for a model of the spec that it serves.</summary>
    public ServiceUnderLoad? Service { get; init; }
}

/// <summary>A search over hyper-parameters by cross-validation.</summary>
public sealed record OptimiseSpec
{
    /// <summary>What is tried, and by what rules; its seed, default and subject are the run's.</summary>
    public required StudyOptions Study { get; init; }

    /// <summary>As of <see cref="FoldMetric.Known"/>, on the folds' test rows.</summary>
    public string Metric { get; init; } = "log_loss";

    /// <summary>Folds of the search.</summary>
    public int Folds { get; init; } = 5;
}
