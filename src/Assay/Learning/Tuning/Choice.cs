using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>One of some numbers, each as likely.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Values">At least one.</param>
public sealed record Choice(string Name, ImmutableArray<double> Values) : SearchParameter(Name)
{
    internal override double Draw(SeededRandom random) => Values[random.Next(Values.Length)];

    private protected override string? ValueProblem() => Values.IsDefaultOrEmpty
        ? $"'{Name}' has no values to choose from. It needs at least one. List them."
        : Values.Where(value => !double.IsFinite(value) || value <= 0 || (IsWhole && value != Math.Round(value)))
            .Select(value => FormattableString.Invariant($"'{Name}' may be {value}. It must be a {(IsWhole ? "whole " : "")}number above 0. Change it."))
            .FirstOrDefault();
}
