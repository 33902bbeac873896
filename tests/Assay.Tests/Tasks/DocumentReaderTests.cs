using Assay.Tasks;

namespace Assay.Tests.Tasks;

public sealed class DocumentReaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.jsonl", "{\"x\": 1}\n\n  \r\n{\"x\": 2.0}\r\n")]
    [InlineData("a.jsonl", "\ufeff{\"x\": 1}\n{\"x\": 2.0}")]
    [InlineData("a.jsonl.gz", "{\"x\": 1}\n{\"x\": 2.0}\n")]
    [InlineData("a.json", "[{\"x\": 1},\n {\"x\": 2.0}]")]
    [InlineData("a.json", "{\"canary\": \"c\", \"examples\": [{\"x\": 1}, {\"x\": 2.0}], \"tags\": []}")]
    [InlineData("a.json", "{\"x\": 1}\n{\"x\": 2.0}\n")]
    [InlineData("a.json.gz", "[{\"x\": 1}, {\"x\": 2.0}]")]
    public async Task Every_form_gives_the_same_rows(string name, string content)
    {
        var rows = await ReadAsync(_folder.Write(name, content));
        Assert.Equal([1L, 2.0], rows.Select(row => row["x"]));
    }

    [Fact]
    public async Task Values_keep_their_type_and_their_order_and_the_last_of_a_double_key_counts()
    {
        var row = Assert.Single(await ReadAsync(_folder.Write(
            "a.jsonl", """{"b": true, "a": null, "n": -3, "f": 1.0, "s": "ü\n", "l": [1, {"k": "v"}], "b": false}""")));
        Assert.Equal("{'b': False, 'a': None, 'n': -3, 'f': 1.0, 's': 'ü\\n', 'l': [1, {'k': 'v'}]}",
            Template.Parse("{{ row }}").Render(new Dictionary<string, object?> { ["row"] = row.Columns }));
    }

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_read()
    {
        var text = new string('x', 1_000_000);
        var rows = await ReadAsync(_folder.Write("a.jsonl", $"{{\"x\": \"{text}\"}}\n{{\"x\": 2}}\n{{\"x\": \"{text}\"}}"));
        Assert.Equal([text, 2L, text], rows.Select(row => row["x"]));
    }

    [Theory]
    [InlineData("{\"x\": 1}\n\n{\"x\": }\n", ":3: broken JSON")]
    [InlineData("{\"x\": 1}\n[1]\n", ":2: broken JSON: found StartArray where an object was expected")]
    [InlineData("{\"x\": 1} {\"x\": 2}\n", ":1: broken JSON")]
    [InlineData("{\"x\": 1}\n{\"x\": 1", ":2: broken JSON")]
    public async Task A_broken_line_is_named(string content, string expected)
    {
        var path = _folder.Write("a.jsonl", content);
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(path));
        Assert.StartsWith(path + expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_named_by_its_line()
    {
        var path = _folder.WriteBytes("a.jsonl", [.. "{\"x\": 1}\n{\"x\": \""u8, 0xE9, .. "\"}\n"u8]);
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(path));
        Assert.StartsWith($"{path}:2: broken JSON: the text is not UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_array_is_named_by_the_line_inside_it()
    {
        var path = _folder.Write("a.json", "[\n{\"x\": 1},\n{\"x\": oops}\n]");
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(path));
        Assert.StartsWith($"{path}:3: broken JSON", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "the format '.csv' is not read")]
    [InlineData("missing.jsonl", "the file cannot be read")]
    public async Task Another_format_and_a_missing_file_are_refused(string name, string expected)
    {
        var path = Path.Combine(_folder.Path, name);
        var problem = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(path));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    static async Task<List<Document>> ReadAsync(string path)
    {
        var rows = new List<Document>();
        await foreach (var row in DocumentReader.ReadAsync(path, null, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
