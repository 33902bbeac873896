using System.CommandLine;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary>Options of <c>assay power</c>.</summary>
sealed record PowerOptions(PowerDesign Design, double? Effect, long? Questions, bool VarianceGiven, bool NoiseGiven, bool CorrelationGiven, bool Json)
{
    static readonly Option<double?> _effect = new("--effect") { Description = "the true difference of the two models that is to be found, such as 0.03" };
    static readonly Option<long?> _n = new("--n") { Description = "how many questions there are: gives the smallest effect that they find" };
    static readonly Option<double> _alpha = new("--alpha") { Description = "probability of a false alarm, two-sided", DefaultValueFactory = _ => 0.05 };
    static readonly Option<double> _power = new("--power") { Description = "probability of finding the effect", DefaultValueFactory = _ => 0.8 };
    static readonly Option<double?> _variance = new("--variance") { Description = "variance over questions of the difference of the models' expected scores (default 1/9)" };
    static readonly Option<double?> _discordant = new("--discordant") { Description = "for right or wrong: the share of questions that exactly one model has right" };
    static readonly Option<int> _samples = new("--samples-per-question") { Description = "how often each model answers each question", DefaultValueFactory = _ => 1 };
    static readonly Option<double?> _noise = new("--noise") { Description = "variance of one model's score on the same question (default 0)" };
    static readonly Option<int?> _clusters = new("--clusters") { Description = "how many clusters the questions come in" };
    static readonly Option<double?> _icc = new("--icc") { Description = "correlation of the differences within a cluster" };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[_effect, _n, _alpha, _power, _variance, _discordant, _samples, _noise, _clusters, _icc, _json])
        {
            command.Add(option);
        }
    }

    public static PowerOptions Of(ParseResult arguments)
    {
        var design = new PowerDesign
        {
            Alpha = arguments.GetValue(_alpha),
            Power = arguments.GetValue(_power),
            Noise = arguments.GetValue(_noise) ?? 0,
            SamplesPerQuestion = arguments.GetValue(_samples),
            Discordant = arguments.GetValue(_discordant),
            Clusters = arguments.GetValue(_clusters),
            IntraclassCorrelation = arguments.GetValue(_icc) ?? 0,
        };
        var variance = arguments.GetValue(_variance);
        return new PowerOptions(
            variance is { } given ? design with { Variance = given } : design,
            arguments.GetValue(_effect), arguments.GetValue(_n), variance is not null,
            arguments.GetValue(_noise) is not null, arguments.GetValue(_icc) is not null, arguments.GetValue(_json));
    }

    /// <summary>All that is wrong with them, at once.</summary>
    public IEnumerable<string> Problems()
    {
        string?[] problems =
        [
            (Effect is null) == (Questions is null) ? $"{(Effect is null ? "Neither" : "Both")} --effect and --n given; expected one: --effect 0.03 gives the questions needed, --n 1000 the smallest effect found." : null,
            Outside("--effect", Effect, effect => effect is not 0 && Math.Abs(effect) <= 1e6, "a number other than 0"),
            Outside("--n", Questions, n => n >= 1, "a whole number from 1"),
            Outside("--alpha", Design.Alpha, alpha => alpha is > 0 and < 1, "a probability between 0 and 1, such as 0.05"),
            Outside("--power", Design.Power, power => power is > 0.5 and < 1, "a probability between 0.5 and 1, such as 0.8"),
            Outside("--variance", Design.Variance, variance => variance is >= 0 and < double.PositiveInfinity, "0 or more"),
            Outside("--noise", Design.Noise, noise => noise is >= 0 and < double.PositiveInfinity, "0 or more"),
            Outside("--samples-per-question", Design.SamplesPerQuestion, samples => samples >= 1, "a whole number from 1"),
            Outside("--discordant", Design.Discordant, share => share is > 0 and <= 1, "a share above 0, at most 1"),
            Outside("--clusters", Design.Clusters, clusters => clusters >= 1, "a whole number from 1"),
            Outside("--icc", Design.IntraclassCorrelation, correlation => correlation is >= 0 and <= 1, "a correlation from 0 to 1"),
            Design.Discordant is not null && (VarianceGiven || NoiseGiven || Design.SamplesPerQuestion != 1) ? "--discordant is for right-or-wrong answers, one a question; it cannot be used with --variance, --noise or --samples-per-question. Give one or the other." : null,
            Design.Discordant < Math.Abs(Effect ?? 0) ? $"--effect {Text(Effect)} is more than --discordant {Text(Design.Discordant)}: accuracies cannot differ by more than the share of questions on which the models differ. Lower the one or raise the other." : null,
            (Design.Clusters is null) == CorrelationGiven ? "--clusters and --icc are given together or not at all: --clusters 50 --icc 0.2." : null,
        ];
        return problems.OfType<string>();
    }

    static string? Outside(string option, double? value, Func<double, bool> holds, string expected) =>
        value is { } number && !holds(number) ? $"{option} is {Text(number)}; expected {expected}." : null;

    static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
