using Assay.Data;

namespace Assay.Tests.Conformance;

// Rows, missing counts and whether a column is of numbers: pandas 1.5.3 on the same files (skipinitialspace, na_values '?', quotechar
// as needed) and the README of ../shared/data.
public class ReadingTests
{
    const string Adult = "i c963 i c i c c966 c c c i i i c274 c";

    [Theory]
    [InlineData("seaborn/titanic.csv", 891, "i i c n177 i i n c2 c c b c688 c2 c b", "csv, comma, header, utf-8")]
    [InlineData("seaborn/raw_titanic.csv", 891, "i i t c n177 i i t n t687 c2", "csv, comma, header, utf-8")]
    [InlineData("seaborn/iris.csv", 150, "n n n n c", "csv, comma, header, utf-8")]
    [InlineData("seaborn/anscombe.csv", 44, "c n n", "csv, comma, header, utf-8")]
    [InlineData("azure_llm/AzureLLMInferenceTrace_code.csv", 8819, "d i i", "csv, comma, header, utf-8")]
    [InlineData("jbrownlee/adult-test.csv", 16281, Adult, "csv, comma, no header, utf-8")]
    [InlineData("jbrownlee/pima-indians-diabetes.csv", 768, "i i i i i n n i i", "csv, comma, no header, utf-8")]
    [InlineData("jbrownlee/breast-cancer.csv", 286, "c c c c c8 i c c1 c c", "csv, comma, single quotes, no header, utf-8")]
    [InlineData("mlnet_baselines/data_QuotingData.csv", 3, "i c", "csv, comma, header, utf-8")]
    [InlineData("mlnet_baselines/data_multiline.csv", 13, "i1 c1 c1", "csv, comma, header, utf-8")]
    [InlineData("mlnet_baselines/data_adult.tiny.with-schema.txt", 500, null, "csv, tab, header, utf-8")]
    [InlineData("mlnet_baselines/data_breast-cancer.txt", 699, "i i i i i i i16 i i i", "csv, tab, no header, utf-8")]
    [InlineData("mlnet_baselines/data_iris.txt", 150, "i n n n n", "csv, tab, header, utf-8")]
    [InlineData("mlnet_baselines/data_housing.txt", 506, null, "csv, tab, header, utf-8")]
    public void Files_have_their_types_and_missing_counts(string file, int rows, string? columns, string dialect)
    {
        foreach (var threads in (int[])[1, 3])
        {
            var table = Read(SharedFolder.Find(["data", .. file.Split('/')]), new ReadOptions { Threads = threads });
            Assert.Equal(dialect, table.Notes!.Dialect);
            Assert.Equal(rows, table.RowCount);
            Assert.Equal(columns ?? Written(table), Written(table));
            Assert.All(table.Columns, column => Assert.NotNull(column.Reason));
        }
    }

    [Fact]
    public void Headerless_columns_are_numbered_and_leading_blanks_go()
    {
        var adult = Read(SharedFolder.Find("data", "jbrownlee", "adult-test.csv"));
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"c{i}"), adult.Columns.Select(column => column.Name));
        Assert.Equal(["<=50K.", ">50K."], ((CategoryColumn)adult["c14"]).Categories);
        Assert.Equal("Private", adult["c1"].Text(0));
        Assert.Equal("Label", TableReader.ReadNames(SharedFolder.Find("data", "mlnet_baselines", "data_iris.txt"))[0]);
    }

    [Fact]
    public void Rows_with_missing_fields_fail_are_kept_out_or_are_filled()
    {
        var file = SharedFolder.Find("data", "mlnet_baselines", "data_missing_fields.csv");
        Assert.Contains(".csv:10: found 4 cells, expected 7", Assert.Throws<UserErrorException>(() => Read(file)).Message, StringComparison.Ordinal);
        var skipped = Read(file, new ReadOptions { OnBadRow = OnBadRow.Skip });
        Assert.Equal((12, 2), (skipped.RowCount, (int)skipped.Notes!.RowsSkipped));
        Assert.Equal([10, 11], skipped.Notes.FirstSkipped.Select(row => row.Line));
        var filled = Read(file, new ReadOptions { OnBadRow = OnBadRow.Fill });
        Assert.Equal((14, 0, 2), (filled.RowCount, (int)filled.Notes!.RowsSkipped, (int)filled.Notes.RowsFilled));
        Assert.Equal("66.66", filled["num2"].Text(8));
        Assert.True(filled["num4"].IsMissing(8));
    }

    [Fact]
    public void Line_ends_and_quotes_within_quotes_stay()
    {
        var table = Read(SharedFolder.Find("data", "mlnet_baselines", "data_multiline.csv"));
        Assert.Equal("this is a multiline\nquoted description", table["description"].Text(2));
        Assert.Equal("this has one\"doublequote which should be escaped as a single quote", table["description"].Text(3));
        Assert.Equal("we also allow\"quotes in the middle of fields", table["description"].Text(10));
        Assert.Equal(["bird", "cat", "dog"], ((CategoryColumn)table["animal"]).Categories);
    }

    [Fact]
    public void Seven_digits_of_a_second_are_kept()
    {
        var trace = Read(SharedFolder.Find("data", "azure_llm", "AzureLLMInferenceTrace_code.csv"));
        var ticks = ((DateColumn)trace["TIMESTAMP"]).Ticks;
        Assert.Equal(new DateTime(2023, 11, 16, 18, 17, 3, DateTimeKind.Utc).Ticks + 9_799_600, ticks[0]);
        Assert.Equal("2023-11-16T18:17:03.97996Z", trace["TIMESTAMP"].Text(0));
        Assert.Equal(3435.948, TimeSpan.FromTicks(ticks[^1] - ticks[0]).TotalSeconds, 3);
        Assert.Equal(2047.8483, Mean(trace["ContextTokens"]), 4);
        Assert.Equal(27.8825, Mean(trace["GeneratedTokens"]), 4);
    }

    [Fact]
    public void Json_arrays_within_an_object_are_found_also_in_gzip()
    {
        var gaokao = Read(SharedFolder.Find("data", "gaokao", "obj", "gpt-4-0314_2010-2022_Biology_MCQs.json"));
        Assert.Equal(150, gaokao.RowCount);
        Assert.Equal(["index", "year", "category", "score", "question", "standard_answer", "analysis", "model_answer", "model_output"], gaokao.Columns.Select(column => column.Name));
        Assert.Equal(ColumnKind.Integer, gaokao["score"].Kind);
        Assert.Equal(ColumnKind.Category, gaokao["year"].Kind);
        Assert.StartsWith("[", gaokao["standard_answer"].Text(0)!, StringComparison.Ordinal);

        var folder = SharedFolder.Find("data", "bbh", "code-davinci-002-cot");
        var bbh = Read(Directory.EnumerateFiles(folder, "disambiguation_qa*.gz").Single());
        Assert.Equal(["input", "prediction", "target"], bbh.Columns.Select(column => column.Name));
        Assert.Equal((250, "json, utf-8, compressed"), (bbh.RowCount, bbh.Notes!.Dialect));
    }

    static Table Read(string path, ReadOptions? options = null) => TableReader.Read(path, options, TestContext.Current.CancellationToken);

    static double Mean(Column column) => Enumerable.Range(0, column.Length).Average(column.Number);

    static string Written(Table table) => string.Join(' ', table.Columns.Select(column =>
        char.ToLowerInvariant(column.Kind.ToString()[0]) + (column.MissingCount > 0 ? $"{column.MissingCount}" : "")));
}
