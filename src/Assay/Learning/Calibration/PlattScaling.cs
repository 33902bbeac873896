namespace Assay.Learning.Calibration;

/// <summary>
/// A sigmoid from scores to probabilities, with Platt's smoothed targets (positives + 1) / (positives + 2) and 1 / (negatives + 2), which
/// keep it finite where the scores separate the classes. Newton's method with backtracking. Sources: Platt 1999; Lin, Lin and Weng 2007;
/// scikit-learn 1.2.1, _SigmoidCalibration.
/// </summary>
public static class PlattScaling
{
    const int MostIterations = 100;

    /// <summary>A and B of 1 / (1 + e^(A score + B)); A is negative where higher scores mean the positive class.</summary>
    /// <param name="scores">Finite, on any scale.</param>
    /// <param name="positive">One per score.</param>
    /// <param name="weights">One per score, 0 or more, not all 0; empty for 1 each.</param>
    public static (double A, double B) Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, ReadOnlySpan<double> weights)
    {
        var (centred, each, mean) = Centre(scores, weights);
        var (targets, b) = Smooth(positive, each);
        var a = 0.0;
        var loss = Loss(centred, targets, each, a, b);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var (stepA, stepB, decrement) = Step(centred, targets, each, a, b);
            var (length, next) = (1.0, double.PositiveInfinity);
            while (length > 1e-10 && !(next <= loss - (1e-4 * length * decrement) + (1e-14 * loss)))
            {
                next = Loss(centred, targets, each, a - (length * stepA), b - (length * stepB));
                length /= 2;
            }

            (a, b, loss) = (a - (2 * length * stepA), b - (2 * length * stepB), next);
            if (!(decrement > 1e-20 * loss))
            {
                break;
            }
        }

        return (a, b - (a * mean));
    }

    /// <summary>1 / (1 + e^(A score + B)).</summary>
    public static double Apply(double a, double b, double score) => 1 / (1 + Math.Exp((a * score) + b));

    static (double[] Centred, double[] Weights, double Mean) Centre(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        var each = new double[scores.Length];
        if (weights.IsEmpty)
        {
            Array.Fill(each, 1);
        }
        else
        {
            weights.CopyTo(each);
        }

        var (sum, weightSum) = (0.0, 0.0);
        for (var i = 0; i < each.Length; i++)
        {
            sum += each[i] * scores[i];
            weightSum += each[i];
        }

        var (centred, mean) = (scores.ToArray(), sum / weightSum);
        return ([.. centred.Select(score => score - mean)], each, mean);
    }

    // The targets, and the B that is best where A is 0.
    static (double[] Targets, double B) Smooth(ReadOnlySpan<bool> positive, double[] weights)
    {
        var (positives, negatives) = (0.0, 0.0);
        for (var i = 0; i < positive.Length; i++)
        {
            positives += positive[i] ? weights[i] : 0;
            negatives += positive[i] ? 0 : weights[i];
        }

        var targets = new double[positive.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = positive[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        }

        return (targets, Math.Log((negatives + 1) / (positives + 1)));
    }

    static double Loss(double[] scores, double[] targets, double[] weights, double a, double b)
    {
        var loss = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            // -t ln p - (1 - t) ln(1 - p) with p = 1 / (1 + e^z), without overflow on either side.
            var z = (a * scores[i]) + b;
            loss += weights[i] * ((z >= 0 ? targets[i] * z : (targets[i] - 1) * z) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
        }

        return loss;
    }

    static (double A, double B, double Decrement) Step(double[] scores, double[] targets, double[] weights, double a, double b)
    {
        var (gradientA, gradientB, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            var p = Apply(a, b, scores[i]);
            var (error, curvature) = (weights[i] * (targets[i] - p), weights[i] * p * (1 - p));
            gradientA += error * scores[i];
            gradientB += error;
            aa += curvature * scores[i] * scores[i];
            ab += curvature * scores[i];
            bb += curvature;
        }

        // Scores that are all alike say nothing: A stays 0.
        var determinant = (aa * bb) - (ab * ab);
        var stepA = determinant > 1e-14 * aa * bb ? ((bb * gradientA) - (ab * gradientB)) / determinant : 0;
        var stepB = bb > 0 ? (gradientB - (ab * stepA)) / bb : 0;
        return (stepA, stepB, (stepA * gradientA) + (stepB * gradientB));
    }
}
