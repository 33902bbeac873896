using Assay.Learning.Networks;
using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

public class ModelMappingTests
{
    static readonly SequentialOptions _model = Flowers.Network;

    [Fact]
    public void The_parameters_of_a_trial_replace_those_of_the_model()
    {
        var tuned = ModelMapping.Standard.Apply(_model, Settings.Of(("activation", "sigmoid"), ("batch_size", 8), ("epochs", 2), ("learning_rate", 0.5), ("momentum", 0.25), ("optimizer", "sgd"), ("units", 5)));
        Assert.Equal(new Sgd(0.5) with { Momentum = 0.25 }, tuned.Optimizer);
        Assert.Equal((8, 2, 5, Activation.Sigmoid), (tuned.BatchSize, tuned.Epochs, ((Dense)tuned.Layers[0]).Units, ((Dense)tuned.Layers[0]).Activation));
        Assert.Equal(_model.Layers[^1], tuned.Layers[^1]);
        Assert.Equal(_model, ModelMapping.Standard.Apply(_model, Settings.Of()));
    }

    [Fact]
    public void The_default_is_what_the_model_has_now()
    {
        var space = new SearchSpace([new LogUniform("learning_rate", 1e-4, 1), new Integer("units", 1, 9), new Integer("batch_size", 1, 9), new Uniform("momentum", 0, 0.9)]);
        Assert.Equal("batch_size=16 learning_rate=0.02 units=12", Settings.Text(ModelMapping.Standard.Default(_model, space)));
        var uneven = _model with { Layers = [_model.Layers[0], ((Dense)_model.Layers[0]) with { Units = 3 }, _model.Layers[^1]] };
        Assert.Equal("batch_size=16 learning_rate=0.02", Settings.Text(ModelMapping.Standard.Default(uneven, space)));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var problems = ModelMapping.Standard.Problems(_model, new SearchSpace(
        [
            new Choice("batchsize", [8]), new Uniform("units", 4, 9), new LogUniform("learning_rate", 0, 1), new Choice("epochs", [1.5, 2, "x"]), new Uniform("momentum", 0, 1),
            new Choice("optimizer", ["adam", "adamw"]), new Integer("batch_size", 0, 8),
        ]));
        Assert.Equal(7, problems.Length);
        Assert.StartsWith("There is no parameter 'batchsize' to search. Did you mean 'batch_size'?", problems[0], StringComparison.Ordinal);
        Assert.Equal("'epochs' may be 1.5 or x. It must be a whole number from 1 to 2147483647. Change it.", problems[3]);
        Assert.Equal("'optimizer' may be adamw. It must be one of adam, sgd. Change it.", problems[5]);
        var unknown = Assert.Throws<UserErrorException>(() => ModelMapping.Standard.Apply(_model, Settings.Of(("depth", 3))));
        Assert.StartsWith("There is no parameter 'depth'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_of_ones_own_holds_more()
    {
        var mapping = new ModelMapping([.. ModelMapping.Standard.Parameters, ModelParameter.Number<SequentialOptions>("validation_split", ParameterKind.Share, model => model.ValidationSplit, (model, value) => model with { ValidationSplit = value })]);
        Assert.Equal(0.25, mapping.Apply(_model, Settings.Of(("validation_split", 0.25))).ValidationSplit);
        Assert.Contains("validation_split", mapping.NamesFor(_model));
        Assert.Empty(mapping.NamesFor("another kind of model"));
    }
}
