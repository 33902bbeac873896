using System.Text;
using Assay.Data;

namespace Assay.Tests.Data;

public class JsonReadingTests
{
    [Theory]
    [InlineData("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": null}\n")]
    [InlineData("{\"a\": 1, \"b\": \"x\"} {\"b\": null, \"a\": 2}")]
    [InlineData("[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2}]")]
    [InlineData("{\"kind\": [1], \"rows\": [{\"a\": 1, \"b\": \"x\"}, {\"a\": 2}], \"more\": [{\"c\": 1}]}")]
    public void Objects_are_rows_wherever_they_stand(string text)
    {
        var table = Read(text);
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal(["1", "2"], Texts(table["a"]));
        Assert.Equal(["x", null], Texts(table["b"]));
        Assert.Equal(ColumnKind.Integer, table["a"].Kind);
    }

    [Fact]
    public void Types_come_from_json_itself()
    {
        var table = Read("[{\"i\": 1, \"x\": 1.5e3, \"t\": true, \"s\": \"007\", \"d\": \"2026-01-31T12:00:00Z\", \"o\": {\"k\": [1, 2]}, \"e\": \"a\\n\\u00fc\"}]");
        Assert.Equal("Integer Number Boolean Category Date Category Category", string.Join(' ', table.Columns.Select(column => column.Kind)));
        Assert.Equal(["1", "1500", "True", "007", "2026-01-31T12:00:00Z", "{\"k\": [1, 2]}", "a\nü"], table.Columns.Select(column => column.Text(0)));
    }

    [Fact]
    public void Empty_texts_are_texts_unless_they_are_named_as_missing()
    {
        Assert.Equal(["", "NA"], Texts(Read("{\"a\": \"\"}\n{\"a\": \"NA\"}")["a"]));
        Assert.Equal([null, "x"], Texts(Read("{\"a\": \"NA\"}\n{\"a\": \"x\"}", new ReadOptions { MissingMarks = ["NA"] })["a"]));
    }

    [Fact]
    public void Late_columns_and_mixed_values_are_read_over_many_chunks()
    {
        var lines = Enumerable.Range(0, 20_000).Select(i => i < 15_000 ? $"{{\"a\": {i}}}" : $"{{\"a\": \"t{i}\", \"late\": {i}.5}}");
        var table = Read(string.Join('\n', lines));
        Assert.Equal((20_000, 15_000), (table.RowCount, table["late"].MissingCount));
        Assert.Equal(("14999", "t15000", "19999.5"), (table["a"].Text(14_999), table["a"].Text(15_000), table["late"].Text(19_999)));
        Assert.Equal(ColumnKind.Text, table["a"].Kind);
    }

    [Fact]
    public void A_row_larger_than_the_buffer_is_read()
    {
        var text = new string('x', 3 << 20);
        Assert.Equal(text.Length, Read($"[{{\"a\": \"{text}\"}}]")["a"].Text(0)!.Length);
        Assert.Contains("is longer than 1 MiB", Refused($"[{{\"a\": \"{text}\"}}]", new ReadOptions { MaxRowBytes = 1 << 20 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": 1}\n{\"a\": \n", "f.json: row 2: it is no valid JSON")]
    [InlineData("[{\"a\": 1}, 7]", "f.json:2: it is not an object")]
    [InlineData("[]", "f.json: there is no row")]
    public void Bad_rows_are_named(string text, string message) => Assert.StartsWith(message, Refused(text), StringComparison.Ordinal);

    [Fact]
    public void Bad_lines_can_be_kept_out()
    {
        var table = Read("{\"a\": 1}\nrubbish\n{\"a\": }\n[1]\n{\"a\": 2}\n", new ReadOptions { OnBadRow = OnBadRow.Skip, Format = TableFormat.Json });
        Assert.Equal(["1", "2"], Texts(table["a"]));
        Assert.Equal([2, 3, 4], table.Notes!.FirstSkipped.Select(row => row.Line));
    }

    [Fact]
    public void Values_that_are_not_of_their_given_type_are_named()
    {
        var options = new ReadOptions { Types = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Float64 } };
        Assert.Equal(["1.5"], Texts(Read("{\"a\": \"1.5\"}", options)["a"]));
        Assert.StartsWith("f.json:1: 'a' is not a finite number", Refused("{\"a\": \"x\"}", options), StringComparison.Ordinal);
    }

    static Table Read(string text, ReadOptions? options = null) => TableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.json", options);

    static string Refused(string text, ReadOptions? options = null) => Assert.Throws<UserErrorException>(() => Read(text, options)).Message;

    static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Length).Select(column.Text);
}
