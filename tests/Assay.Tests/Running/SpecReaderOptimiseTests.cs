using Assay.Learning.Tuning;
using Assay.Running;

namespace Assay.Tests.Running;

public class SpecReaderOptimiseTests
{
    [Fact]
    public void Everything_that_can_be_said_of_a_search_is_read()
    {
        var optimise = Read("""
            optimise:
              trials: 40
              sampler: {tpe: {startup_trials: 5, candidates: 12}}
              pruner: {successive_halving: {min_resource: 2, reduction_factor: 3}}
              metric: accuracy
              folds: 3
              space:
                learning_rate: {log_uniform: [1e-4, 1e-1]}
                units: {uniform: [8, 64], step: 8}
                batch_size: {log_uniform: [8, 256]}
                epochs: [2, 4]
                optimizer: {choice: [adam, sgd]}
                momentum: {uniform: [0, 0.9], when: {optimizer: sgd}}
            """).Spec!.Optimise!;
        Assert.Equal(("accuracy", 3, 40, Direction.Maximise), (optimise.Metric, optimise.Folds, optimise.Study.Trials, optimise.Study.Direction));
        Assert.Equal(new TpeSampler { StartupTrials = 5, Candidates = 12 }, optimise.Study.Sampler);
        Assert.Equal(new SuccessiveHalvingPruner { MinResource = 2, ReductionFactor = 3 }, optimise.Study.Pruner);
        var parameters = optimise.Study.Space.Parameters;
        Assert.Equal(new LogUniform("learning_rate", 1e-4, 1e-1), parameters[0]);
        Assert.Equal(new Integer("units", 8, 64) { Step = 8 }, parameters[1]);
        Assert.Equal(new Integer("batch_size", 8, 256) { Log = true }, parameters[2]);
        Assert.Equal([2, 4], ((Choice)parameters[3]).Values);
        Assert.Equal(["adam", "sgd"], ((Choice)parameters[4]).Values);
        Assert.Equal(("optimizer", new ParameterValue("sgd")), (parameters[5].When!.Parent, parameters[5].When!.Values.Single()));
    }

    [Theory]
    [InlineData("", typeof(TpeSampler), typeof(MedianPruner))]
    [InlineData("sampler: random, pruner: none, ", typeof(RandomSampler), typeof(NoPruner))]
    [InlineData("sampler: tpe, pruner: median, ", typeof(TpeSampler), typeof(MedianPruner))]
    [InlineData("pruner: {median: {warmup_steps: 2}}, ", typeof(TpeSampler), typeof(MedianPruner))]
    [InlineData("pruner: successive_halving, ", typeof(TpeSampler), typeof(SuccessiveHalvingPruner))]
    public void Words_alone_take_the_defaults(string settings, Type sampler, Type pruner)
    {
        var study = Read($"optimise: {{{settings}search: {{learning_rate: [0.1, 0.2]}}}}\n").Spec!.Optimise!.Study;
        Assert.Equal((sampler, pruner, 50), (study.Sampler.GetType(), study.Pruner.GetType(), study.Trials));
    }

    [Theory]
    [InlineData("{space: {unit: [4]}}", "'unit'", "'units'")]
    [InlineData("{space: {learning_rate: {log_uniform: [0, 1]}}}", "'optimise.space.learning_rate.log_uniform'", "both above 0")]
    [InlineData("{space: {units: {uniform: [9, 4]}}}", "'optimise.space.units.uniform'", "low under high")]
    [InlineData("{space: {units: {uniform: [4.5, 9]}}}", "'units' may be 4.5", "whole number")]
    [InlineData("{space: {learning_rate: {uniform: [0.1, 1]}}, sampler: grid}", "'learning_rate' has endlessly many values", "step")]
    [InlineData("{space: {momentum: {uniform: [0, 0.9], when: {optimiser: sgd}}}}", "'momentum' depends on 'optimiser'", "choice")]
    [InlineData("{space: {momentum: {uniform: [0, 0.9], when: sgd}}}", "'optimise.space.momentum.when'", "expected a mapping")]
    [InlineData("{space: {units: {choice: [4], uniform: [4, 8]}}}", "'optimise.space.units'", "exactly one of")]
    [InlineData("{space: {units: {choice: [4], step: 2}}}", "'optimise.space.units.step'", "uniform")]
    [InlineData("{space: {units: [4]}, search: {units: [4]}}", "'space' and 'search'", "Take one out")]
    [InlineData("{trials: 3}", "'space'", "Add")]
    [InlineData("{space: {}}", "no parameters", "Add one")]
    [InlineData("{space: {units: [4]}, metric: acuracy}", "'acuracy'", "'accuracy'")]
    [InlineData("{space: {units: [4]}, sampler: tpi}", "'tpi'", "'tpe'")]
    public void A_mistake_is_told_with_its_place(string optimise, string found, string expected)
    {
        var reading = Read($"optimise: {optimise}\n");
        Assert.Null(reading.Spec);
        Assert.Contains(reading.Problems, problem => problem.Message.Contains(found, StringComparison.Ordinal) && problem.Message.Contains(expected, StringComparison.Ordinal));
    }

    static SpecReading Read(string optimise)
    {
        var folder = Repository.PathOf("samples", "quickstart");
        return SpecReader.Read(
            "data: {path: loans.csv, target: defaulted}\nmodel: {sequential: {layers: [{dense: {units: 4, activation: relu}}, {dense: {units: 1, activation: sigmoid}}], loss: binary_crossentropy}}\n" + optimise,
            "spec.yaml",
            folder,
            folder);
    }
}
