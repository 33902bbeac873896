using System.Text.Json;
using Assay.Transformers;

namespace Assay.Tests.Conformance;

/// <summary>The reference values of ../shared/tiny-lm/golden.json, made with transformers; the numbers stand behind a leading <c>&lt;s&gt;</c>.</summary>
public class TinyTokenizerTests
{
    [Fact]
    public void Every_text_has_the_reference_numbers_and_comes_back()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Find("tiny-lm", "golden.json")));
        var folder = Tokenizer.Load(SharedFolder.Find("tiny-lm", "hf", "tokenizer.json"));
        foreach (var tokenizer in new[] { folder, ModelFolder.Tiny.Tokenizer })
        {
            Assert.All(golden.RootElement.EnumerateArray(), entry =>
            {
                Check(tokenizer, entry, "text", "ids");
                Check(tokenizer, entry, "prompt", "prompt_ids");
                Assert.Equal(entry.GetProperty("greedy_text").GetString(), tokenizer.Decode(Numbers(entry, "greedy_ids"), skipSpecial: false));
            });
        }
    }

    [Fact]
    public void The_folder_opens_and_the_embedded_weights_are_its_weights_rounded()
    {
        using var folder = ModelFolder.Open(SharedFolder.Find("tiny-lm", "hf"));
        Assert.Equal("hf", folder.Name);
        Assert.Equal(folder.Config, ModelFolder.Tiny.Config with { EosTokens = folder.Config.EosTokens });
        Assert.Equal(folder.Weights.TensorNames.Order(), ModelFolder.Tiny.Weights.TensorNames.Order());
        Assert.All(folder.Weights.TensorNames, name =>
        {
            var (exact, rounded) = (folder.Weights.Find(name), ModelFolder.Tiny.Weights.Find(name));
            if (rounded.Type == WeightType.F32)
            {
                Assert.True(exact.Bytes.SequenceEqual(rounded.Bytes), name);
                return;
            }

            Assert.Equal((WeightType.F32, WeightType.F16), (exact.Type, rounded.Type));
            for (var i = 0; i < exact.Bytes.Length / 4; i++)
            {
                Assert.Equal((Half)BitConverter.ToSingle(exact.Bytes[(4 * i)..]), BitConverter.ToHalf(rounded.Bytes[(2 * i)..]));
            }
        });
    }

    static void Check(Tokenizer tokenizer, JsonElement entry, string text, string numbers)
    {
        var expected = Numbers(entry, numbers)[1..];
        Assert.Equal(expected, tokenizer.Encode(entry.GetProperty(text).GetString()!));
        Assert.Equal(entry.GetProperty(text).GetString(), tokenizer.Decode(expected, skipSpecial: false));
    }

    static int[] Numbers(JsonElement entry, string key) => [.. entry.GetProperty(key).EnumerateArray().Select(number => number.GetInt32())];
}
