namespace Assay.Learning.Calibration;

// The correction of one class's probability. Its numbers are float32, as they stand in a model file.
sealed class ClassCalibration
{
    // Log odds end here, on both sides: the least float32 below 1 is 6e-8 away.
    const double Least = 1e-9;

    readonly CalibrationMethod _method;
    readonly float[] _inputs;
    readonly float[] _outputs;

    /// <param name="method">Sigmoid: A and B.</param>
    /// <param name="inputs">Of a sigmoid A; of an isotonic function the inputs of its points.</param>
    /// <param name="outputs">Of a sigmoid B; of an isotonic function the outputs.</param>
    public ClassCalibration(CalibrationMethod method, float[] inputs, float[] outputs)
    {
        (_method, _inputs, _outputs) = (method, inputs, outputs);
    }

    public static ClassCalibration Fit(CalibrationMethod method, double[] probabilities, bool[] positive, double[] weights)
    {
        if (method == CalibrationMethod.Isotonic)
        {
            var (inputs, outputs) = IsotonicRegression.Fit(probabilities, Array.ConvertAll(positive, yes => yes ? 1.0 : 0), weights);
            return new ClassCalibration(method, Array.ConvertAll(inputs, value => (float)value), Array.ConvertAll(outputs, value => (float)value));
        }

        var scores = method == CalibrationMethod.Sigmoid ? probabilities : Array.ConvertAll(probabilities, LogOdds);
        var (a, b) = PlattScaling.Fit(scores, positive, weights);
        return new ClassCalibration(method, [(float)a], [(float)b]);
    }

    public double Apply(float probability) => _method == CalibrationMethod.Isotonic
        ? Interpolate(probability)
        : PlattScaling.Apply(_inputs[0], _outputs[0], _method == CalibrationMethod.Sigmoid ? probability : LogOdds(probability));

    public IEnumerable<NamedTensor> Tensors(string name) => [new($"{name}.inputs", [_inputs.Length], _inputs), new($"{name}.outputs", [_outputs.Length], _outputs)];

    double Interpolate(float at)
    {
        var place = Array.BinarySearch(_inputs, at);
        if (place >= 0 || ~place == 0 || ~place == _inputs.Length)
        {
            return _outputs[place >= 0 ? place : Math.Min(~place, _inputs.Length - 1)];
        }

        var (low, high) = (~place - 1, ~place);
        var share = ((double)at - _inputs[low]) / ((double)_inputs[high] - _inputs[low]);
        return _outputs[low] + (share * ((double)_outputs[high] - _outputs[low]));
    }

    static double LogOdds(double probability) => Math.Log(Math.Max(probability, Least)) - Math.Log(Math.Max(1 - probability, Least));
}
