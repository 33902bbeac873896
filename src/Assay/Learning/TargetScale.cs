namespace Assay.Learning;

// A number's mean and deviation over the training rows, taken off before a model learns and put back after it has answered.
sealed record TargetScale(double Mean, double Deviation)
{
    public static TargetScale None { get; } = new(0, 1);

    public double Apply(double value) => (value - Mean) / Deviation;

    public double Undo(double value) => (value * Deviation) + Mean;

    // Population deviation; that of a constant is 1.
    public static TargetScale Of(ReadOnlySpan<double> values)
    {
        var (mean, count) = (0.0, 0);
        foreach (var value in values)
        {
            mean += (value - mean) / ++count;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt(squares / values.Length);
        return new TargetScale(mean, deviation > 0 ? deviation : 1);
    }
}
