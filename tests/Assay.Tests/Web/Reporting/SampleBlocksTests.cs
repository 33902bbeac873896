using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Models;
using Assay.Tests.Reporting;
using Assay.Web.Reporting;
using Record = Assay.Results.Record;

namespace Assay.Tests.Web.Reporting;

/// <summary>What of the samples is in the file.</summary>
public sealed class SampleBlocksTests
{
    static readonly Record _record = new()
    {
        Id = "7",
        Stage = "evaluate",
        Task = "letters",
        Model = "m",
        Filter = "none",
        Input = "Question?",
        Target = "A",
        Output = "It is A.",
        Answer = "A",
        Outcome = Outcome.Ok,
        Scores = new Dictionary<string, double> { ["exact_match"] = 1 },
    };

    [Fact]
    public async Task Texts_stand_in_chunks_by_the_place_of_their_record()
    {
        var page = await Page(Enumerable.Range(0, 600).Select(i => _record with { Id = $"{i}", Output = $"text {i}" }));
        var head = Json(page, "samples-head");
        var size = (int)head["chunk"]!;
        Assert.Equal(600, (int?)head["count"]);
        Assert.Equal(Enumerable.Range(0, 600).Select(i => $"{i}"), Json(page, "samples-ids").AsArray().Select(id => (string?)id));
        Assert.All([0, 255, 256, 599], row => Assert.Equal($"text {row}", (string?)Json(page, $"samples-chunk-{row / size}")[row % size]!["output"]));
    }

    [Fact]
    public async Task Columns_tell_labels_and_numbers_and_where_there_are_none()
    {
        Record[] records =
        [
            _record with { Task = null, Seconds = 0.25 }, _record with { Scores = new Dictionary<string, double> { ["f1"] = 0.5 } }, _record with { Tags = new Dictionary<string, string> { ["language"] = "中文" } },
        ];
        var page = await Page(records);
        var columns = Json(page, "samples-head")["columns"]!.AsArray().Select((column, i) => (Name: (string)column!["name"]!, Column: column, Place: i)).ToDictionary(item => item.Name);
        Assert.Equal([-1, 0, 0], Numbers<int>(page, columns["task"].Place));
        Assert.Equal([-1, -1, 0], Numbers<int>(page, columns["language"].Place));
        Assert.Equal("中文", (string?)columns["language"].Column["values"]![0]);
        Assert.Equal([double.NaN, 0.5, double.NaN], Numbers<double>(page, columns["f1"].Place));
        Assert.Equal([0.25, double.NaN, double.NaN], Numbers<double>(page, columns["seconds"].Place));
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("\u2028\u2029\0 &amp; \"'\\")]
    public async Task A_text_of_a_model_is_kept_letter_by_letter_and_is_no_markup(string text)
    {
        var page = await Page([_record with { Output = text, Input = text, Answer = text, Id = text }]);
        var texts = Json(page, "samples-chunk-0")[0]!;
        Assert.All(["output", "input", "answer"], key => Assert.Equal(text, (string?)texts[key]));
        Assert.Equal(text, (string?)Json(page, "samples-ids")[0]);
        Assert.Single(Regex.Matches(page, "<script>"));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("a\uFFFDb", (string?)Json(await Page([_record with { Output = "a\uD800b" }]), "samples-chunk-0")[0]!["output"]);

    [Fact]
    public async Task Of_a_long_text_both_ends_are_there_and_how_much_is_missing()
    {
        var text = (string?)Json(await Page([_record with { Output = $"begin{new string('x', 50_000)}😀{new string('y', 1997)}end" }]), "samples-chunk-0")[0]!["output"];
        Assert.StartsWith("begin", text, StringComparison.Ordinal);
        Assert.EndsWith("end", text, StringComparison.Ordinal);
        Assert.Contains("[… 48007 characters are left out here; the store has the whole text …]", text, StringComparison.Ordinal);
        Assert.InRange(text!.Length, 4000, 4200);
    }

    [Fact]
    public async Task A_chat_is_shown_turn_by_turn_and_other_input_as_json()
    {
        var chat = JsonNode.Parse("""[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]""");
        var page = await Page([_record with { Input = chat }, _record with { Input = JsonNode.Parse("""{"a": ["<b>"]}""") }]);
        Assert.Equal("system:\nBe brief.\n\nuser:\nHi", (string?)Json(page, "samples-chunk-0")[0]!["input"]);
        Assert.Equal("{\"a\":[\"<b>\"]}", Regex.Replace((string)Json(page, "samples-chunk-0")[1]!["input"]!, "\\s", ""));
    }

    [Fact]
    public async Task The_policy_of_the_page_allows_its_one_script_by_its_hash()
    {
        var page = await Page([_record]);
        var script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src &#x27;sha256-{hash.Replace("+", "&#x2B;", StringComparison.Ordinal)}&#x27;", page.Replace("'", "&#x27;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)https?://|url\\(|@import|\\ssrc=|<link|<img|<iframe|innerHTML|eval\\(", page);
    }

    [Fact]
    public async Task A_run_without_records_has_no_browser_and_no_script()
    {
        var page = await Page([]);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"samples\"", page, StringComparison.Ordinal);
        Assert.Equal(await Snapshot.Text(new HtmlReportWriter(), SampleReports.Full), page);
    }

    static Task<string> Page(IEnumerable<Record> records) => Snapshot.Text(new HtmlReportWriter(_ => records.ToAsyncEnumerable()), SampleReports.Full);

    static JsonNode Json(string page, string id) => JsonNode.Parse(Bytes(page, id))!;

    static T[] Numbers<T>(string page, int column)
        where T : struct => MemoryMarshal.Cast<byte, T>(Bytes(page, FormattableString.Invariant($"samples-column-{column}"))).ToArray();

    static byte[] Bytes(string page, string id)
    {
        var text = Regex.Match(page, $"<script type=\"application/octet-stream\" id=\"{id}\">([A-Za-z0-9+/=]*)</script>").Groups[1].Value;
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
