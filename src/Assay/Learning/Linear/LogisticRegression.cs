using System.Numerics.Tensors;

namespace Assay.Learning.Linear;

// Newton's method with a line search. Source: Boyd and Vandenberghe, Convex Optimization, 9.5.
static class LogisticRegression
{
    const double SufficientDecrease = 1e-4;
    const int MostHalvings = 40;
    const int MostSlowSteps = 5;

    // Their square is 512 MiB of second derivatives.
    const int MostParameters = 8192;

    const string Separable = "larger coefficients always fit better (separable classes), and without a penalty there are no best ones. Set l2 above 0.";

    public static FittedLinear Fit(TrainingRows rows, int[] labels, LogisticOptions options, CancellationToken cancellationToken)
    {
        var classes = rows.Shape.Outputs;
        var shares = ClassTargets.Shares(rows.Weights, labels, classes);
        int[] present = [.. Enumerable.Range(0, classes).Where(c => shares[c] > 0)];
        if (present.Length == 1)
        {
            return OneClass(rows, present[0]);
        }

        var scores = classes == 2 ? 1 : present.Length;
        if ((long)scores * Gram.Stride(rows.Inputs + 1) > MostParameters)
        {
            throw new UserErrorException(
                $"Model 'logistic' would have {scores} times {rows.Inputs} coefficients. Its solver holds the square of their number: at most {MostParameters} in all. Use fewer features, or 'sequential' with one dense layer.");
        }

        // Rows of weight 0 of a class that is not there otherwise count for nothing, whatever their label.
        var codes = Array.ConvertAll(labels, label => Math.Max(0, Array.IndexOf(present, label)));
        var objective = new LogisticObjective(rows, codes, scores, options.L2);
        var parameters = new double[objective.Gradient.Length];
        var (summary, note) = Minimise(objective, parameters, options, rows.WeightSum / rows.Weights.Count(weight => weight > 0), cancellationToken);
        if (present.Length < classes)
        {
            note = string.Join("; ", ((string?[])[$"{classes - present.Length} of the {classes} classes have no training row; they get probability 0", note]).Where(part => part is not null));
        }

        return Model(rows, objective, parameters, present, summary, note);
    }

    static (SolverSummary Summary, string? Note) Minimise(
        LogisticObjective objective, double[] parameters, LogisticOptions options, double meanWeight, CancellationToken cancellationToken)
    {
        var (step, trial) = (new double[parameters.Length], new double[parameters.Length]);
        var (value, distance, slow) = (objective.Evaluate(parameters, cancellationToken), double.PositiveInfinity, 0);
        for (var iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            if (options.L2 == 0 && (objective.Separated || slow > MostSlowSteps))
            {
                return (new SolverSummary(iteration - 1, false, value, distance), Separable);
            }

            if (!TryStep(objective, step))
            {
                return (new SolverSummary(iteration - 1, false, value, distance), "the second derivatives are singular to working precision. Set l2 above 0, or standardise the features.");
            }

            var (before, decrement) = (distance, TensorPrimitives.Dot(objective.Gradient, step));
            distance = Math.Sqrt(Math.Max(0, decrement) / meanWeight);
            if (distance <= options.Tolerance && (options.L2 > 0 || distance < before / 4))
            {
                TensorPrimitives.Subtract(parameters, step, parameters);
                return (new SolverSummary(iteration, true, value, distance), null);
            }

            // Near a minimum each step squares the distance. Where the loss falls towards 0 for ever it shrinks by 40 % each time.
            slow += distance <= options.Tolerance ? 1 : 0;
            if (Search(objective, parameters, step, trial, value, decrement, cancellationToken) is not { } lower)
            {
                return (new SolverSummary(iteration, false, value, distance), "no step lowers the loss any more, short of the tolerance. Standardise the features.");
            }

            value = lower;
        }

        return (new SolverSummary(options.MaxIterations, false, value, distance),
            $"{options.MaxIterations} iterations did not reach the tolerance. Allow more, or standardise the features.");
    }

    static bool TryStep(LogisticObjective objective, double[] step)
    {
        // Collinear features make the Hessian singular along directions in which the gradient is 0: a little curvature there changes no step.
        foreach (var ridge in (ReadOnlySpan<double>)[0, 1e-10, 1e-6])
        {
            objective.Gradient.CopyTo(step, 0);
            if (Cholesky.TrySolve(objective.Hessian, step, ridge))
            {
                return true;
            }
        }

        return false;
    }

    // Halves the step until it lowers the loss enough; moves the parameters there. Null when none does.
    static double? Search(
        LogisticObjective objective, double[] parameters, double[] step, double[] trial, double value, double decrement, CancellationToken cancellationToken)
    {
        var (length, rounding) = (1.0, 1e-13 * Math.Abs(value));
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            TensorPrimitives.MultiplyAdd(step, -length, parameters, trial);
            var next = objective.Evaluate(trial, cancellationToken);
            if (next <= value - (SufficientDecrease * length * decrement) + rounding)
            {
                trial.CopyTo(parameters, 0);
                return next;
            }

            length /= 2;
        }

        return null;
    }

    static FittedLinear Model(TrainingRows rows, LogisticObjective objective, double[] parameters, int[] present, SolverSummary summary, string? note)
    {
        var scores = objective.Scores == 1 ? 1 : rows.Shape.Outputs;
        var (coefficients, intercepts) = (new double[scores * rows.Inputs], new double[scores]);
        Array.Fill(intercepts, double.NegativeInfinity);
        for (var score = 0; score < objective.Scores; score++)
        {
            var found = parameters.AsSpan(score * objective.Stride, rows.Inputs);
            var to = scores == 1 ? 0 : present[score];
            found.CopyTo(coefficients.AsSpan(to * rows.Inputs));
            intercepts[to] = parameters[(score * objective.Stride) + rows.Inputs] - TensorPrimitives.Dot(found, rows.Means);
        }

        return new FittedLinear(rows.Inputs, rows.Shape, coefficients, intercepts) { Solver = summary, Note = note };
    }

    static FittedLinear OneClass(TrainingRows rows, int only)
    {
        var intercepts = Enumerable.Range(0, rows.Shape.Outputs).Select(c => c == only ? 0 : double.NegativeInfinity).ToArray();
        return new FittedLinear(rows.Inputs, rows.Shape, new double[intercepts.Length * rows.Inputs], intercepts)
        {
            Note = $"all training rows are of class {only} (from 0): it is the answer for every row",
            Solver = new SolverSummary(0, false, 0, double.NaN),
        };
    }
}
