using System.Globalization;
using Assay.Cli.Quickstart;
using Assay.Models;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Tests.Models;

/// <summary>
/// Fresh items of each skill, 200 a kind, against what tiny-lm's README measured on 200 others with llama-server (completion, no shots). Two
/// samples of 200 differ by chance: the interval of the difference of two proportions must hold 0.
/// </summary>
public class TinySkillTests(ITestOutputHelper output)
{
    const int Items = 200;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("addition", "1", 1.0)]
    [InlineData("subtraction", "1", 1.0)]
    [InlineData("addition", "2", 1.0)]
    [InlineData("subtraction", "2", 0.82)]
    [InlineData("addition", "3", 0.055)]
    [InlineData("subtraction", "3", 0.03)]
    public async Task Sums_are_as_good_as_the_reference_by_number_of_digits(string operation, string digits, double reference) => await CompareAsync(
        $"{digits}-digit {operation}", reference, Rows(LanguageTaskGenerator.Arithmetic(seed: 4711, each: Items))
            .Where(row => row["operation"] == operation && row["digits"] == digits).Select(row => ($"Question: {row["question"]} =\nAnswer:", $" {row["answer"]}")));

    [Theory]
    [InlineData("largest", 0.965)]
    [InlineData("smallest", 0.985)]
    public async Task Number_choices_are_as_good_as_the_reference(string which, double reference)
    {
        var random = new SeededRandom(4711);
        await CompareAsync($"{which} of four", reference, [.. Enumerable.Range(0, Items).Select(_ => NumberChoice(random, which))]);
    }

    [Fact]
    public async Task Every_capital_is_known() => await CompareAsync(
        "capitals", 1, Rows(LanguageTaskGenerator.Capitals()).Select(row => ($"Question: What is the capital of {row["country"]}?\nAnswer:", $" {row["capital"]}")));

    [Theory]
    [InlineData("en", "no")]
    [InlineData("en", "yes")]
    [InlineData("zh", "no")]
    [InlineData("zh", "yes")]
    public async Task Reviews_are_judged_in_both_languages_plain_and_negated(string language, string negated) => await CompareAsync(
        $"sentiment {language}, negated: {negated}", 1, Rows(LanguageTaskGenerator.Sentiment(seed: 4711, each: Items))
            .Where(row => row["language"] == language && row["negated"] == negated)
            .Select(row => language == "en" ? ($"Review: {row["review"]}\nSentiment:", $" {row["answer"]}") : ($"评论：{row["review"]}\n情感：", row["answer"])));

    async Task CompareAsync(string skill, double reference, IEnumerable<(string Prompt, string Answer)> items)
    {
        await using var model = LocalModel.Load(new LocalModelOptions());
        var all = items.ToArray();
        var answers = await Task.WhenAll(all.Select((item, i) => model.AnswerAsync(Ask(item.Prompt, i), Token).AsTask()));
        var hits = all.Zip(answers).Count(pair => pair.Second.Text == pair.First.Answer);
        var interval = Wilson.Interval(hits, all.Length);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{skill}: {(double)hits / all.Length:0.000} [{interval.Low:0.000}, {interval.High:0.000}] of {all.Length}, reference {reference:0.000}"));
        var difference = TwoProportions.Compare(hits, all.Length, (long)Math.Round(reference * Items), Items).Interval!.Value;
        Assert.True(difference.Low <= 0 && difference.High >= 0, $"{skill}: {hits} of {all.Length}, reference {reference}");
    }

    static (string Prompt, string Answer) NumberChoice(SeededRandom random, string which)
    {
        var numbers = new HashSet<int>();
        while (numbers.Count < 4)
        {
            numbers.Add(random.Next(100));
        }

        int[] four = [.. numbers];
        var right = Array.IndexOf(four, which == "largest" ? four.Max() : four.Min());
        return ($"Question: Which number is the {which}?\nA. {four[0]}\nB. {four[1]}\nC. {four[2]}\nD. {four[3]}\nAnswer:", $" {"ABCD"[right]}");
    }

    static IEnumerable<Dictionary<string, string>> Rows(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(line)!);

    static Request Ask(string prompt, int i) => new()
    {
        SampleId = $"{i}",
        Position = i,
        Prompt = prompt,
        Generation = new GenerationOptions { Until = ["\n"], MaxTokens = 16 },
    };
}
