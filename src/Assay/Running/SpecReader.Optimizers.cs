using Assay.Learning.Networks;

namespace Assay.Running;

public sealed partial class SpecReader
{
    static readonly string[] _common = ["learning_rate", "schedule", "clipnorm", "clipvalue", "global_clipnorm"];

    static OptimizerOptions ReadOptimizer(SpecNode node)
    {
        var (name, settings) = node.Choice("adam", "adamw", "sgd", "rmsprop", "adagrad") ?? ("adam", null);
        string[] own = name switch
        {
            "adam" => ["beta_1", "beta_2", "epsilon", "epsilon_placement"],
            "adamw" => ["beta_1", "beta_2", "epsilon", "epsilon_placement", "weight_decay"],
            "sgd" => ["momentum", "nesterov", "momentum_form"],
            "rmsprop" => ["rho", "momentum", "epsilon", "centered"],
            _ => ["initial_accumulator_value", "epsilon"],
        };
        var map = settings?.Map([.. _common, .. own]) ?? new Dictionary<string, SpecNode>();
        var optimizer = Kind(name, map);
        return optimizer with
        {
            LearningRate = Number(map, "learning_rate") ?? optimizer.LearningRate,
            Schedule = map.TryGetValue("schedule", out var schedule) ? ReadSchedule(schedule) : null,
            ClipNorm = Number(map, "clipnorm"),
            ClipValue = Number(map, "clipvalue"),
            GlobalClipNorm = Number(map, "global_clipnorm"),
        };
    }

    static OptimizerOptions Kind(string name, IReadOnlyDictionary<string, SpecNode> map)
    {
        var placement = map.GetValueOrDefault("epsilon_placement")?.Choice("keras", "pytorch")?.Name == "pytorch" ? EpsilonPlacement.PyTorch : EpsilonPlacement.Keras;
        var (beta1, beta2, epsilon) = (Number(map, "beta_1") ?? 0.9, Number(map, "beta_2") ?? 0.999, Number(map, "epsilon") ?? 1e-7);
        var momentum = Number(map, "momentum") ?? 0;
        return name switch
        {
            "adamw" => new AdamW(Beta1: beta1, Beta2: beta2, Epsilon: epsilon, Placement: placement, WeightDecay: Number(map, "weight_decay") ?? 0.004),
            "sgd" => new Sgd(
                Momentum: momentum, Nesterov: map.GetValueOrDefault("nesterov")?.Truth() ?? false,
                Form: map.GetValueOrDefault("momentum_form")?.Choice("keras", "pytorch")?.Name == "pytorch" ? MomentumForm.PyTorch : MomentumForm.Keras),
            "rmsprop" => new RmsProp(Rho: Number(map, "rho") ?? 0.9, Momentum: momentum, Epsilon: epsilon, Centered: map.GetValueOrDefault("centered")?.Truth() ?? false),
            "adagrad" => new Adagrad(InitialAccumulatorValue: Number(map, "initial_accumulator_value") ?? 0.1, Epsilon: epsilon),
            _ => new Adam(Beta1: beta1, Beta2: beta2, Epsilon: epsilon, Placement: placement),
        };
    }

    static Schedule? ReadSchedule(SpecNode node)
    {
        switch (node.Choice("constant", "exponential_decay", "cosine_decay", "linear_warmup"))
        {
            case ("exponential_decay", { } settings):
                var falling = settings.Map("decay_steps", "decay_rate", "staircase");
                return new ExponentialDecay(Whole(falling, "decay_steps") ?? 1000, Number(falling, "decay_rate") ?? 0.96, falling.GetValueOrDefault("staircase")?.Truth() ?? false);
            case ("cosine_decay", { } settings):
                var cosine = settings.Map("decay_steps", "alpha", "warmup_target", "warmup_steps");
                return new CosineDecay(Whole(cosine, "decay_steps") ?? 1000, Number(cosine, "alpha") ?? 0, Number(cosine, "warmup_target"), WholeOr(cosine, "warmup_steps", 0, 0));
            case ("linear_warmup", { } settings):
                return new LinearWarmup(Whole(settings.Map("warmup_steps"), "warmup_steps") ?? 1000);
            case ("exponential_decay" or "cosine_decay" or "linear_warmup", null):
                node.Problem($"'{node.Path}' names a schedule without its settings, e.g. '{{cosine_decay: {{decay_steps: 1000}}}}'.");
                return null;
            default:
                return null;
        }
    }
}
