using Assay.Learning.Networks;

namespace Assay.Learning.Tuning;

// What may be searched of a network; the optimiser goes first, as it takes its numbers with it.
static class SequentialParameters
{
    public static IEnumerable<ModelParameter> All { get; } =
    [
        ModelParameter.Text<SequentialOptions>("optimizer", ["adam", "sgd"], OptimizerName, (model, name) => OptimizerName(model) == name ? model : model with
        {
            Optimizer = name == "adam" ? new Adam(model.Optimizer.LearningRate) : new Sgd(model.Optimizer.LearningRate),
        }),
        ModelParameter.Number<SequentialOptions>(
            "learning_rate", ParameterKind.Positive, model => model.Optimizer.LearningRate, (model, value) => model with { Optimizer = model.Optimizer with { LearningRate = value } }),
        ModelParameter.Number<SequentialOptions>(
            "momentum", ParameterKind.Share, model => (model.Optimizer as Sgd)?.Momentum, (model, value) => model.Optimizer is Sgd sgd ? model with { Optimizer = sgd with { Momentum = value } } : model),
        ModelParameter.Number<SequentialOptions>("batch_size", ParameterKind.Whole, model => model.BatchSize, (model, value) => model with { BatchSize = (int)value }),
        ModelParameter.Number<SequentialOptions>("epochs", ParameterKind.Whole, model => model.Epochs, (model, value) => model with { Epochs = (int)value }),
        ModelParameter.Number<SequentialOptions>("units", ParameterKind.Whole, model => Alike(Hidden(model).Select(layer => (double?)layer.Units)), (model, value) => WithHidden(model, layer => layer with { Units = (int)value })),
        ModelParameter.Text<SequentialOptions>(
            "activation", [.. Enum.GetValues<Activation>().Select(Name)], model => Alike(Hidden(model).Select(layer => Name(layer.Activation))),
            (model, name) => WithHidden(model, layer => layer with { Activation = Enum.GetValues<Activation>().First(activation => Name(activation) == name) })),
    ];

    static string? OptimizerName(SequentialOptions model) => model.Optimizer switch
    {
        Adam => "adam",
        Sgd => "sgd",
        _ => null,
    };

    static string Name(Activation activation) => SnakeCase.Of(activation.ToString());

    static IEnumerable<Dense> Hidden(SequentialOptions model) => model.Layers.IsDefaultOrEmpty ? [] : model.Layers.OfType<Dense>().SkipLast(1);

    static SequentialOptions WithHidden(SequentialOptions model, Func<Dense, Dense> change)
    {
        var last = model.Layers.IndexOf(model.Layers.OfType<Dense>().LastOrDefault()!);
        return model with { Layers = [.. model.Layers.Select((layer, i) => layer is Dense dense && i < last ? change(dense) : layer)] };
    }

    // Of layers that differ there is no one value.
    static T? Alike<T>(IEnumerable<T> values) => values.Distinct().Take(2).ToArray() is [var one] ? one : default;
}
