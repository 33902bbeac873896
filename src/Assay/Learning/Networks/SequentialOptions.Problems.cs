using System.Collections.Immutable;

namespace Assay.Learning.Networks;

public sealed partial record SequentialOptions
{
    /// <summary>Everything that is wrong for a target with so many classes.</summary>
    /// <param name="classes">2 or more.</param>
    public ImmutableArray<string> Problems(int classes) => Problems(new TargetShape(TargetKind.Classes, classes));

    /// <summary>
    /// Everything that is wrong for such a target. Classes need a crossentropy: of one sigmoid unit for two of them, or of one softmax unit each.
    /// Numbers need a unit each: linear, or of a range that suits them; with binary_crossentropy sigmoid units, for targets from 0 to 1.
    /// </summary>
    public override ImmutableArray<string> Problems(TargetShape shape) =>
        [.. LayerProblems(), .. Layers.IsDefaultOrEmpty ? [] : OutputProblems(shape), .. NumberProblems(shape), .. Loss.Problems(), .. Optimizer.Problems(), .. CallbackProblems()];

    IEnumerable<string> LayerProblems()
    {
        if (Layers.IsDefaultOrEmpty)
        {
            yield return "layers is empty. A network needs at least its output layer. Add {dense: {units: 1, activation: sigmoid}}.";
            yield break;
        }

        var embedded = new HashSet<int>();
        var leading = true;
        for (var i = 0; i < Layers.Length; i++)
        {
            foreach (var problem in Layers[i].Problems())
            {
                yield return $"Layer {i + 1} {problem}";
            }

            leading &= Layers[i] is Embedding;
            if (Layers[i] is Embedding embedding && (!leading || !embedded.Add(embedding.Feature)))
            {
                yield return leading
                    ? $"Layer {i + 1} embeds feature {embedding.Feature} again. A feature has one embedding. Leave one out."
                    : $"Layer {i + 1} is an embedding behind other layers. Embeddings take the network's inputs. Put them first.";
            }
        }
    }

    IEnumerable<string> OutputProblems(TargetShape shape)
    {
        var head = LayerStack.HeadOf(Layers);
        var found = $"The last layer is {Outputs} {SnakeCase.Of(head.ToString())}";
        var (kind, outputs) = (shape.Kind, shape.Outputs);
        if (Outputs == 0)
        {
            if (!Layers.OfType<Dense>().Any())
            {
                yield return "There is no dense layer. A network answers through one. Add {dense: {units: 1, activation: sigmoid}} at the end.";
            }
        }
        else if (kind == TargetKind.Classes && outputs < 2)
        {
            yield return $"The target has {outputs} class{(outputs == 1 ? "" : "es")}. A classifier needs at least 2. Choose another target, or more rows.";
        }
        else if (kind == TargetKind.Classes && Loss.Family == LossFamily.Numbers)
        {
            yield return $"The loss is {Loss.Name}. It is for numbers, the target has {outputs} classes. Use {(outputs == 2 ? "binary" : "categorical")}_crossentropy.";
        }
        else if (kind == TargetKind.Classes && Loss.Family == LossFamily.Binary && outputs > 2)
        {
            yield return $"The loss is {Loss.Name}. The target has {outputs} classes, it separates two. "
                + $"Use categorical_crossentropy and a last layer {{dense: {{units: {outputs}, activation: softmax}}}}.";
        }
        else if (kind == TargetKind.Numbers && Loss.Family == LossFamily.Categorical)
        {
            yield return $"The loss is {Loss.Name}. It is for classes, the target is {outputs} number{(outputs == 1 ? "" : "s")}. Use mean_squared_error.";
        }
        else
        {
            foreach (var problem in UnitProblems(found, head, kind == TargetKind.Classes && Loss.Family == LossFamily.Binary ? 1 : outputs, outputs))
            {
                yield return problem;
            }
        }
    }

    IEnumerable<string> UnitProblems(string found, Activation head, int units, int outputs)
    {
        Activation? wanted = Loss.OfLogits ? Activation.Linear : Loss.Family switch
        {
            LossFamily.Binary => Activation.Sigmoid,
            LossFamily.Categorical => Activation.Softmax,
            LossFamily.Numbers or _ => null,
        };
        if (Outputs == units && (wanted ?? head) == head)
        {
            yield break;
        }

        var activation = SnakeCase.Of((wanted ?? head).ToString());
        yield return Loss.Family switch
        {
            LossFamily.Binary => $"{found}. {Loss.Name} needs {units} {activation}. Make it {{dense: {{units: {units}, activation: {activation}}}}}"
                + (units == 1 ? ", or use categorical_crossentropy with 2 softmax units." : "."),
            LossFamily.Categorical => $"{found}. {Loss.Name} over {outputs} classes needs {units} {activation}. Make it {{dense: {{units: {units}, activation: {activation}}}}}.",
            LossFamily.Numbers or _ => $"{found}. The target has {outputs} number{(outputs == 1 ? "" : "s")}. Make it {{dense: {{units: {units}, activation: {activation}}}}}.",
        };
    }

    IEnumerable<string> NumberProblems(TargetShape shape)
    {
        if (Epochs < 1)
        {
            yield return $"epochs is {Epochs}. Training needs at least 1. Give a positive number.";
        }

        if (BatchSize < 1)
        {
            yield return $"batch_size is {BatchSize}. A batch needs at least 1 row. Give a positive number, 32 say.";
        }

        if (ValidationSplit is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant(
                $"validation_split is {ValidationSplit}. It is the share of rows kept apart, at least 0 and below 1. Give such a number, 0.2 say.");
        }

        if (!ClassWeights.IsDefaultOrEmpty && (shape.Kind != TargetKind.Classes || ClassWeights.Length != shape.Outputs || !ClassWeights.All(weight => weight >= 0 && double.IsFinite(weight))))
        {
            yield return $"class_weight has {ClassWeights.Length} weights. It needs one of 0 or more for each class, and the target has "
                + $"{(shape.Kind == TargetKind.Classes ? $"{shape.Outputs} classes" : "numbers")}. Give them all, or leave it out.";
        }
    }

    IEnumerable<string> CallbackProblems()
    {
        foreach (var (name, monitor, patience) in new[]
        {
            ("early_stopping", EarlyStopping?.Monitor, EarlyStopping?.Patience ?? 0),
            ("reduce_lr_on_plateau", ReduceOnPlateau?.Monitor, ReduceOnPlateau?.Patience ?? 0),
        })
        {
            if (monitor is not null && !Epoch.Monitors.Contains(monitor))
            {
                yield return $"{name} monitors '{monitor}'.{NearestName.Hint(monitor, Epoch.Monitors)} It can be: {string.Join(", ", Epoch.Monitors)}.";
            }
            else if (monitor is not null && (Loss.Family == LossFamily.Numbers ? monitor.EndsWith("accuracy", StringComparison.Ordinal) : monitor.EndsWith("error", StringComparison.Ordinal)))
            {
                yield return $"{name} monitors '{monitor}'. With the loss {Loss.Name} there is none. Monitor the loss.";
            }

            if (patience < 0)
            {
                yield return $"{name} has a patience of {patience}. It must be 0 or more. Give a number of epochs.";
            }
        }

        if (ReduceOnPlateau is { Factor: not (>= 0 and < 1) })
        {
            yield return FormattableString.Invariant($"reduce_lr_on_plateau has a factor of {ReduceOnPlateau.Factor}. It must be at least 0 and below 1. Give such a number, 0.1 say.");
        }

        if (ReduceOnPlateau is not null && Optimizer.Schedule is not null)
        {
            yield return "reduce_lr_on_plateau is given beside a learning rate schedule. One of them decides the rate. Leave one out.";
        }
    }
}
