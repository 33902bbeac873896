namespace Assay.Learning.Tuning;

/// <summary>How much each observation counts: the newest 25 as 1, older ones less, the oldest 1/n; after them the prior as 1. Their sum is 1.</summary>
static class TpeWeights
{
    const int Newest = 25;

    public static double[] Of(int observations)
    {
        var weights = new double[observations + 1];
        Array.Fill(weights, 1);
        var ramp = observations - Newest;
        for (var i = 0; i < ramp; i++)
        {
            var oldest = 1.0 / observations;
            weights[i] = ramp == 1 ? oldest : oldest + ((1 - oldest) * i / (ramp - 1));
        }

        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }
}
