namespace Assay.Learning.Linear;

/// <summary>How an iterative solution went.</summary>
/// <param name="Iterations">Newton steps taken.</param>
/// <param name="Converged">Whether the tolerance was met.</param>
/// <param name="Objective">What was minimised, at the last point where it was computed: weighted losses and penalty.</param>
/// <param name="Distance">
/// The gradient's norm in the metric of the Hessian before the last step, for a mean weight of 1: about how far the coefficients then were
/// from the minimum, in units of their standard errors.
/// </param>
public sealed record SolverSummary(int Iterations, bool Converged, double Objective, double Distance);
