using System.Collections.Immutable;

namespace Assay.Tasks.Reading;

/// <summary>The generation_kwargs of a task.</summary>
static class GenerationReader
{
    public static GenerationOptions Read(FieldReader task)
    {
        ImmutableArray<string> absent = [task.Text("fewshot_delimiter") ?? "\n\n"];
        if (task.Mapping("generation_kwargs") is not { } fields)
        {
            return new GenerationOptions { Until = absent };
        }

        fields.Allow("generation_kwargs", "until", "max_gen_toks", "max_new_tokens", "max_tokens", "temperature", "do_sample", "top_p", "num_beams");
        if (fields.Integer("num_beams", 1) is > 1 and var beams)
        {
            fields.Problems.Add(fields.Find("num_beams")!.Problem($"num_beams is {beams}, and a service generates without beam search. Expected 1."));
        }

        var sampled = fields.Flag("do_sample", true);
        var temperature = fields.Real("temperature") ?? 0;
        return new GenerationOptions
        {
            Until = fields.Texts("until") ?? (fields.Find("until") is null ? absent : []),
            MaxTokens = (int)(fields.Integer("max_gen_toks", 1) ?? fields.Integer("max_new_tokens", 1) ?? fields.Integer("max_tokens", 1) ?? 256),
            Temperature = sampled ? temperature : 0,
            TopP = fields.Real("top_p"),
        };
    }
}
