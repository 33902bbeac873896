using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>
/// What a search found. The best trial was picked because its score is high, so that score flatters it: judge the winner on rows the
/// search did not see.
/// </summary>
/// <param name="Trials">By number.</param>
/// <param name="Default">Trial 0.</param>
/// <param name="Best">The completed trial with the best mean, the earliest of equals; the default when none was completed.</param>
public sealed record Study(ImmutableArray<Trial> Trials, Trial Default, Trial Best);
