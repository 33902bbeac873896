namespace Assay.Learning.Tuning;

/// <summary>Any number of a range, each order of magnitude as likely.</summary>
/// <param name="Name">As of <see cref="SearchParameter"/>.</param>
/// <param name="Low">Above 0.</param>
/// <param name="High">Not below the low end.</param>
public sealed record LogUniform(string Name, double Low, double High) : SearchParameter(Name)
{
    internal override double Draw(SeededRandom random) => DrawBetween(Low, High, random, Math.Log, Math.Exp);

    private protected override string? ValueProblem() => RangeProblem(Low, High);
}
