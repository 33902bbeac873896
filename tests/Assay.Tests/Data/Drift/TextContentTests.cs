using Assay.Data;
using Assay.Data.Drift;
using Assay.Data.Profiling;
using Assay.Scoring;

namespace Assay.Tests.Data.Drift;

public class TextContentTests
{
    static readonly string[] _weather = ["rain", "sun", "wind", "cloud", "storm", "cold", "warm", "fog", "snow", "frost"];
    static readonly string[] _money = ["bank", "loan", "rate", "debt", "price", "share", "cash", "trade", "market", "bond"];
    static readonly string[] _chinese = ["天气", "下雨", "晴天", "大风", "多云", "下雪", "寒冷", "温暖", "有雾", "霜冻"];

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public void Other_words_are_told_apart_and_the_same_ones_are_not(int count)
    {
        var apart = TextContent.Test(Texts(1, count, _weather), Texts(2, count, _money), 1);
        Assert.InRange(apart.Statistic, 0.99, 1);
        Assert.InRange(apart.PValue!.Value, 0, 0.01);
        Assert.InRange(TextContent.Test(Texts(1, count, _chinese), Texts(2, count, [.. _chinese.Take(5)]), 1).Statistic, 0.7, 1);
    }

    [Fact]
    public void Texts_of_one_source_alarm_as_often_as_the_level_says()
    {
        var alarms = Enumerable.Range(0, 100).Count(seed =>
            TextContent.Test(Texts((ulong)seed, 60, _weather), Texts((ulong)seed + 1000, 60, _weather), (ulong)seed).PValue < 0.05);

        // Binomial(100, 0.05) is below 14 but for 1 in 5000.
        Assert.InRange(alarms, 0, 14);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figure() =>
        Assert.Equal(TextContent.Test(Texts(1, 3000, _weather), Texts(2, 50, _weather), 7), TextContent.Test(Texts(1, 3000, _weather), Texts(2, 50, _weather), 7));

    [Fact]
    public void Too_few_or_empty_texts_are_undefined_or_alike()
    {
        Assert.True(double.IsNaN(TextContent.Test(["a", "b", "c"], Texts(1, 50, _money), 1).Statistic));
        Assert.Equal((0.5, 1.0), (TextContent.Test(["", "", "", ""], ["", "", "", ""], 1).Statistic, TextContent.Test(["", "", "", ""], ["", "", "", ""], 1).PValue!.Value));
    }

    [Theory]
    [InlineData(400, "perc_text_content_drift")]
    [InlineData(1200, "abs_text_content_drift")]
    public void Free_text_is_compared_by_its_content(int rows, string test)
    {
        var reference = Table(Texts(1, rows, _weather));
        var same = DriftAnalysis.Compare(reference, Table(Texts(2, rows, _weather)), new DriftOptions()).Columns[0];
        Assert.Equal((test, 0), (same.Test, same.Causes.Length));
        Assert.Equal(["distribution"], DriftAnalysis.Compare(reference, Table(Texts(2, rows, _money)), new DriftOptions()).Columns[0].Causes);
        var saved = DriftAnalysis.Compare(ProfileBuilder.Of(reference), Table(Texts(2, rows, _money)), new DriftOptions()).Columns[0];
        Assert.StartsWith("a profile keeps no texts", saved.Reason, StringComparison.Ordinal);
        Assert.Empty(saved.Causes);
    }

    static Table Table(string[] texts) => new([TextColumn.FromTexts("t", texts)]);

    static string[] Texts(ulong seed, int count, string[] words)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[random.Next(words.Length)])))];
    }
}
