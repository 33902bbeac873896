namespace Assay.Tests.Transformers;

/// <summary>
/// The forward pass written plainly in float64, after Touvron et al. 2023 and the modelling code of transformers (modeling_llama.py):
/// no cache, no batch, one loop for each sum.
/// </summary>
sealed class ReferenceTransformer(RandomModel model, Func<double, double> scaled)
{
    public const double Epsilon = 1e-5;

    readonly IReadOnlyDictionary<string, (int[] Shape, double[] Values)> _tensors = model.Tensors();

    /// <summary>Log-probabilities of every token after each token.</summary>
    public double[][] LogProbabilities(int[] tokens)
    {
        double[][] stream = [.. tokens.Select(token => Vector("model.embed_tokens.weight").AsSpan(token * model.Hidden, model.Hidden).ToArray())];
        for (var layer = 0; layer < model.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            Add(stream, Attention([.. stream.Select(row => Norm(row, prefix + "input_layernorm.weight"))], prefix + "self_attn."));
            Add(stream, [.. stream.Select(row => Mlp(Norm(row, prefix + "post_attention_layernorm.weight"), prefix + "mlp."))]);
        }

        return [.. stream.Select(row => LogSoftmax(Times(model.Tied ? "model.embed_tokens" : "lm_head", Norm(row, "model.norm.weight"))))];
    }

    double[][] Attention(double[][] rows, string prefix)
    {
        double[][] queries = [.. rows.Select((row, position) => Turned(Times(prefix + "q_proj", row), position))];
        double[][] keys = [.. rows.Select((row, position) => Turned(Times(prefix + "k_proj", row), position))];
        double[][] values = [.. rows.Select(row => Times(prefix + "v_proj", row))];
        return [.. rows.Select((_, position) => Times(prefix + "o_proj", Mixed(queries[position], keys, values, position)))];
    }

    double[] Mixed(double[] query, double[][] keys, double[][] values, int position)
    {
        var (size, first) = (model.HeadSize, model.Window is { } window ? Math.Max(0, position - window + 1) : 0);
        var result = new double[model.Heads * size];
        for (var head = 0; head < model.Heads; head++)
        {
            var shared = head / (model.Heads / model.KeyValueHeads);
            var scores = new double[position + 1 - first];
            for (var seen = first; seen <= position; seen++)
            {
                scores[seen - first] = Enumerable.Range(0, size).Sum(i => query[(head * size) + i] * keys[seen][(shared * size) + i]) / Math.Sqrt(size);
            }

            double[] weights = [.. LogSoftmax(scores).Select(Math.Exp)];
            for (var i = 0; i < size; i++)
            {
                result[(head * size) + i] = weights.Select((weight, seen) => weight * values[first + seen][(shared * size) + i]).Sum();
            }
        }

        return result;
    }

    // Number i of a head's first half with number i of its second half (rotate_half of modeling_llama.py).
    double[] Turned(double[] heads, int position)
    {
        var (size, result) = (model.HeadSize, new double[heads.Length]);
        for (var at = 0; at < heads.Length; at++)
        {
            var (start, i) = (at / size * size, at % size);
            var pair = i < size / 2 ? i : i - (size / 2);
            var angle = position * scaled(Math.Pow(model.Theta, -2.0 * pair / size));
            result[at] = (heads[at] * Math.Cos(angle)) + (i < size / 2 ? -heads[start + i + (size / 2)] * Math.Sin(angle) : heads[start + pair] * Math.Sin(angle));
        }

        return result;
    }

    double[] Mlp(double[] row, string prefix)
    {
        var (gate, up) = (Times(prefix + "gate_proj", row), Times(prefix + "up_proj", row));
        return Times(prefix + "down_proj", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)]);
    }

    double[] Norm(double[] row, string name)
    {
        var scale = 1 / Math.Sqrt((row.Sum(value => value * value) / row.Length) + Epsilon);
        return [.. row.Zip(Vector(name), (value, weight) => value * scale * weight)];
    }

    double[] Times(string name, double[] row)
    {
        var matrix = Vector(name + ".weight");
        var bias = _tensors.TryGetValue(name + ".bias", out var found) ? found.Values : null;
        return [.. Enumerable.Range(0, matrix.Length / row.Length).Select(output => row.Select((value, input) => value * matrix[(output * row.Length) + input]).Sum() + (bias?[output] ?? 0))];
    }

    double[] Vector(string name) => _tensors[name].Values;

    static double[] LogSoftmax(double[] values)
    {
        var most = values.Max();
        var sum = most + Math.Log(values.Sum(value => Math.Exp(value - most)));
        return [.. values.Select(value => value - sum)];
    }

    static void Add(double[][] stream, double[][] more)
    {
        for (var row = 0; row < stream.Length; row++)
        {
            stream[row] = [.. stream[row].Zip(more[row], (a, b) => a + b)];
        }
    }
}
