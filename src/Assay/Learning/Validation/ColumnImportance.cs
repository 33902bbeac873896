using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Learning.Validation;

/// <summary>How much worse the score gets when a column is shuffled.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Mean">Mean loss of score over the repeats where it is defined, positive where the column helps; NaN when it never is.</param>
/// <param name="StandardError">Of the mean, from the spread of the repeats; NaN below two.</param>
/// <param name="Interval">Method <c>t</c> over the repeats: how exactly these rows were measured, not how other rows would come out. Null below two repeats.</param>
/// <param name="Losses">One per repeat, NaN where undefined.</param>
/// <param name="Reason">Why a number is missing, null when none is.</param>
public sealed record ColumnImportance(string Column, double Mean, double StandardError, Interval? Interval, ImmutableArray<double> Losses, string? Reason);
