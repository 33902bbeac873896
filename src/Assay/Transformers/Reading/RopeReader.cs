namespace Assay.Transformers.Reading;

// 'rope_theta' and 'rope_scaling', or 'rope_parameters', which holds both since transformers 5.
static class RopeReader
{
    const double DefaultTheta = 10_000;

    public static double Theta(JsonSection section) =>
        section.Section("rope_parameters")?.Number("rope_theta", least: 1) ?? section.Number("rope_theta", least: 1) ?? DefaultTheta;

    public static RopeScaling? Scaling(JsonSection section)
    {
        var (key, rope) = section.Section("rope_parameters") is { } parameters ? ("rope_parameters", parameters) : ("rope_scaling", section.Section("rope_scaling"));
        if (rope is null)
        {
            return null;
        }

        var kind = rope.Text("rope_type") ?? rope.Text("type") ?? "default";
        switch (kind)
        {
            case "default":
                return null;
            case "linear":
                return new LinearRopeScaling { Factor = Required(rope, "factor") };
            case "llama3":
                return Llama3(rope);
            default:
                section.Problem(key, $"has the kind '{kind}'. 'default', 'linear' or 'llama3' is expected. Choose another model, or remove the scaling to stay within the trained context.");
                return null;
        }
    }

    static Llama3RopeScaling Llama3(JsonSection rope)
    {
        var scaling = new Llama3RopeScaling
        {
            Factor = Required(rope, "factor"),
            LowFrequencyFactor = Required(rope, "low_freq_factor"),
            HighFrequencyFactor = Required(rope, "high_freq_factor"),
            OriginalPositions = rope.RequiredInteger("original_max_position_embeddings"),
        };
        if (scaling.HighFrequencyFactor <= scaling.LowFrequencyFactor)
        {
            rope.Problem("high_freq_factor", "is not above 'low_freq_factor'. A larger number is expected. Use the file that came with the weights.");
        }

        return scaling;
    }

    static double Required(JsonSection rope, string key)
    {
        var number = rope.Number(key, least: 0);
        if (rope.Find(key) is null || number == 0)
        {
            rope.Problem(key, $"is {(number is null ? "missing" : "0")}. A number above 0 is expected. Use the file that came with the weights.");
        }

        return number is > 0 ? number.Value : 1;
    }
}
