namespace Assay.Learning.Tuning;

/// <summary>
/// Tries a setting and says how good it is. Called from several threads at once. For a study that any number of workers finish alike,
/// it gives the same for the same parameters.
/// </summary>
/// <returns>Finite; anything else is a failed trial, as is a <see cref="UserErrorException"/>. Whatever it gives once it was told to stop is not looked at.</returns>
public delegate ValueTask<double> Objective(TrialContext trial, CancellationToken cancellationToken);
