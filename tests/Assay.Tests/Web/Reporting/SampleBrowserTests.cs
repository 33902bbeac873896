using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Tests.EndToEnd;
using Assay.Tests.Reporting;
using Assay.Web.Reporting;
using Record = Assay.Results.Record;

namespace Assay.Tests.Web.Reporting;

/// <summary>The browser of samples in a real browser.</summary>
public sealed class SampleBrowserTests
{
    const string Hostile = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> \u2028 \" ' \\ tail";

    [Fact]
    public async Task It_opens_and_finds_and_shows_what_models_wrote_as_text()
    {
        using var folder = new TemporaryFolder();
        await using var page = await Chromium.OpenAsync(await PageAsync(folder));
        await page.UntilAsync("document.querySelectorAll('.sample-row').length > 3");
        Assert.Equal("3000 of 3000 samples", await TextOf(page, "#sample-status"));

        await SearchAsync(page, "ONERROR=");
        await page.UntilAsync("document.querySelector('#sample-status').textContent === '1 of 3000 samples'");
        await page.UntilAsync("document.querySelector('#sample-detail h3').textContent === 'Sample 1777'");
        Assert.Contains(Hostile, await page.EvaluateAsync("[...document.querySelectorAll('#sample-detail pre')].map(block => block.textContent)") is { } texts ? texts.AsArray().Select(text => (string?)text) : []);
        Assert.Equal("onerror=", await TextOf(page, "#sample-detail mark"));
        Assert.Equal(0, (int?)await page.EvaluateAsync("document.images.length"));
        Assert.True((bool?)await page.EvaluateAsync("window.hacked === undefined"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_keys_move_through_it()
    {
        using var folder = new TemporaryFolder();
        await using var page = await Chromium.OpenAsync(await PageAsync(folder));
        await page.UntilAsync("document.querySelectorAll('.sample-row').length > 3");
        await SelectAsync(page, "is", "wrong");
        Assert.Equal("1000 of 3000 samples", await TextOf(page, "#sample-status"));
        await SelectAsync(page, "slice", "0");
        await SelectAsync(page, "slice value", "0");
        Assert.Equal("500 of 3000 samples", await TextOf(page, "#sample-status"));
        await SelectAsync(page, "outcome", "0");
        Assert.Equal("10 of 3000 samples", await TextOf(page, "#sample-status"));

        await page.EvaluateAsync("document.querySelector('#sample-list').focus()");
        await page.PressAsync("ArrowDown");
        await page.UntilAsync("document.querySelector('#sample-detail h3').textContent === 'Sample 300'");
        Assert.Equal("sample-row-1", (string?)await page.EvaluateAsync("document.querySelector('#sample-list').getAttribute('aria-activedescendant')"));
        await page.PressAsync("End");
        await page.UntilAsync("document.querySelector('#sample-row-9').getAttribute('aria-selected') === 'true'");
        await page.PressAsync("Enter");
        Assert.Equal("sample-detail", (string?)await page.EvaluateAsync("document.activeElement.id"));
        await page.PressAsync("/", "/");
        Assert.Equal("sample-search", (string?)await page.EvaluateAsync("document.activeElement.id"));
        Assert.Equal(10, (int?)await page.EvaluateAsync("document.querySelectorAll('#sample-print tbody tr').length"));
        Assert.Empty(page.Complaints);
    }

    static async Task<string> PageAsync(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "report.html");
        await using var file = File.Create(path);
        await new HtmlReportWriter(_ => Records().ToAsyncEnumerable()).WriteAsync(SampleReports.Full, file, TestContext.Current.CancellationToken);
        return new Uri(path).AbsoluteUri;
    }

    static IEnumerable<Record> Records() => Enumerable.Range(0, 3000).Select(i => new Record
    {
        Id = $"{i}",
        Stage = "evaluate",
        Task = "letters",
        Model = "m",
        Filter = "none",
        Input = $"Question {i}?",
        Target = "A",
        Output = i == 1777 ? Hostile : $"The answer is {i}.",
        Answer = i % 3 == 0 ? "B" : "A",
        Outcome = i % 100 == 0 ? Outcome.WrongFormat : Outcome.Ok,
        Scores = new Dictionary<string, double> { ["exact_match"] = i % 3 == 0 ? 0 : 1 },
        Tags = new Dictionary<string, string> { ["half"] = i % 2 == 0 ? "even" : "odd" },
    });

    static async Task<string?> TextOf(Chromium page, string selector) => (string?)await page.EvaluateAsync($"document.querySelector('{selector}').textContent");

    static Task<JsonNode?> SearchAsync(Chromium page, string text) =>
        page.EvaluateAsync($"(() => {{ const box = document.querySelector('#sample-search'); box.value = '{text}'; box.dispatchEvent(new Event('input')); }})()");

    static Task<JsonNode?> SelectAsync(Chromium page, string name, string value) =>
        page.EvaluateAsync($"(() => {{ const box = document.querySelector('select[name=\"{name}\"]'); box.value = '{value}'; box.dispatchEvent(new Event('change')); }})()");
}
