using System.IO.Compression;
using System.Text;
using Assay.Data;

namespace Assay.Tests.Data;

public class TableReaderTests
{
    const string Small = "name,n\nMüller,1\n漢字,2\n";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Encodings_are_found_by_their_mark(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        Assert.Equal(["Müller", "漢字"], Texts(Read([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Small)])["name"]));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Utf16_without_mark_is_found_by_its_zeros(string name) =>
        Assert.Equal(["1", "2"], Texts(Read(Encoding.GetEncoding(name).GetBytes("name,n\nMay,1\nJune,2\n"))["n"]));

    [Fact]
    public void Gb18030_is_found_when_it_is_not_utf8_and_can_be_named()
    {
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        var bytes = chinese.GetBytes("城市,人口\n北京,2154\n上海,2424\n");
        Assert.Equal(["北京", "上海"], Texts(Read(bytes)["城市"]));
        Assert.Equal("csv, comma, header, gb18030", Read(bytes).Notes!.Dialect);
        Assert.Equal(["Müller", "漢字"], Texts(Read(chinese.GetBytes(Small), new ReadOptions { Encoding = "gb18030" })["name"]));
    }

    [Fact]
    public void A_western_encoding_is_refused_with_the_line_and_read_when_named()
    {
        var bytes = Encoding.Latin1.GetBytes("name,n\nMay,1\nMenü,2\n");
        var message = Refused(bytes);
        Assert.StartsWith("f.csv:3: the bytes are not valid UTF-8. Tried: UTF-8, UTF-16 by its zeros, GB18030.", message, StringComparison.Ordinal);
        Assert.Equal("Menü", Read(bytes, new ReadOptions { Encoding = "windows-1252" })["name"].Text(1));
        Assert.Contains("there is no encoding 'klingon'", Refused(bytes, new ReadOptions { Encoding = "klingon" }), StringComparison.Ordinal);
        Assert.StartsWith("f.csv:3: the bytes are not valid GB18030.", Refused(bytes, new ReadOptions { Encoding = "gb18030" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_brotli_and_zip_are_opened()
    {
        var bytes = Encoding.UTF8.GetBytes(Small);
        Assert.Equal("1", Read(Compressed(stream => new GZipStream(stream, CompressionLevel.Optimal), bytes))["n"].Text(0));
        Assert.Equal("1", Read(Compressed(stream => new BrotliStream(stream, CompressionLevel.Optimal), bytes), source: "f.csv.br")["n"].Text(0));
        Assert.Equal("1", Read(Zip(("f.csv", bytes)))["n"].Text(0));
        Assert.Contains("holds 2 files: a.csv, b.csv. Expected one", Refused(Zip(("a.csv", bytes), ("b.csv", bytes))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_gzip_says_how_much_was_read()
    {
        var random = new SeededRandom(1);
        var lines = Enumerable.Range(0, 300_000).Select(i => $"{i},{random.Next(1_000_000)}");
        var bytes = Compressed(stream => new GZipStream(stream, CompressionLevel.Fastest), Encoding.UTF8.GetBytes("a,b\n" + string.Join('\n', lines)));
        Assert.Matches(@"f\.csv: the compressed content is damaged or ends early; [1-9]\d+ rows were read until then", Refused(bytes[..(bytes.Length * 3 / 4)]));
    }

    [Fact]
    public void A_truncated_brotli_or_zip_is_damaged_and_not_short()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n" + string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919 % 1000}")));
        var brotli = Compressed(stream => new BrotliStream(stream, CompressionLevel.Fastest), bytes);
        foreach (var share in (double[])[0.1, 0.5, 0.99])
        {
            var cut = brotli[..(int)(share * brotli.Length)];
            Assert.Contains("damaged or ends early", Assert.Throws<UserErrorException>(() => Read(cut, source: "f.csv.br")).Message, StringComparison.Ordinal);
            var zip = Zip(("f.csv", bytes));
            Assert.Contains("damaged or ends early", Refused(zip[..(int)(share * zip.Length)]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gzip_of_several_members_is_whole()
    {
        string[] texts = ["a,b\n1,2\n", "3,4\n", "5,6\n"];
        var parts = texts.SelectMany(part => Compressed(stream => new GZipStream(stream, CompressionLevel.Optimal), Encoding.UTF8.GetBytes(part)));
        Assert.Equal(["1", "3", "5"], Texts(Read([.. parts])["a"]));
    }

    [Fact]
    public void A_zip_bomb_is_refused_by_either_limit()
    {
        var zeros = new byte[40 << 20];
        zeros.AsSpan().Fill((byte)'0');
        var bomb = Compressed(stream => new GZipStream(stream, CompressionLevel.Optimal), zeros);
        Assert.Contains("more than 300 times as many (MaxExpansionRatio). Is it a zip bomb?", Refused(bomb), StringComparison.Ordinal);
        Assert.Contains("become more than 1000000 (MaxExpandedBytes)", Refused(bomb, new ReadOptions { MaxExpandedBytes = 1_000_000 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_100_MB_is_a_cell_or_refused_by_the_limit()
    {
        var bytes = new byte[(100 << 20) + 6];
        "a,b\n1,"u8.CopyTo(bytes);
        bytes.AsSpan(6).Fill((byte)'x');
        Assert.Equal(100 << 20, Read(bytes)["b"].Text(0)!.Length);
        Assert.Contains("is longer than 16 MiB. Is a quote never closed?", Refused(bytes, new ReadOptions { MaxRowBytes = 16 << 20 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\n3,4\n", "c0 c1")]
    [InlineData("x,y\n3,4\n", "x y")]
    [InlineData("x,y\nred,blue\ngreen,blue\n", "x y")]
    [InlineData("red,blue\nblue,red\nred,red\n", "c0 c1")]
    [InlineData("2026-01-31,a\n2026-02-01,b\n", "c0 c1")]
    [InlineData("true,a\nfalse,b\n", "c0 c1")]
    [InlineData("# made by hand\n# twice\nx;y\n1;2\n", "x y")]
    [InlineData("#x\ty\n1\t2\n", "x y")]
    [InlineData("// a \"quote, never closed\nx|y\n// another\n1|2\n", "x y")]
    public void Header_and_comments_are_found(string text, string names) =>
        Assert.Equal(names, string.Join(' ', Read(Encoding.UTF8.GetBytes(text)).Columns.Select(column => column.Name)));

    [Fact]
    public void Header_can_be_given()
    {
        Assert.Equal(2, Read("1,2\n3,4\n"u8, new ReadOptions { Header = false }).RowCount);
        Assert.Equal(["1", "2"], Read("1,2\n3,4\n"u8, new ReadOptions { Header = true }).Columns.Select(column => column.Name));
    }

    [Fact]
    public void Integers_are_exact_beyond_float64()
    {
        var column = (NumericColumn)Read("id\n9007199254740993\n\"\"\n-9223372036854775807\n"u8)["id"];
        Assert.Equal((NumberStorage.Int64, ColumnKind.Integer, 1), (column.Storage, column.Kind, column.MissingCount));
        Assert.Equal(["9007199254740993", null, "-9223372036854775807"], Texts(column));
        Assert.True(double.IsNaN(column.Values[1]));
    }

    [Fact]
    public void Given_types_include_float32_dates_and_text()
    {
        var types = new Dictionary<string, ColumnType> { ["x"] = ColumnType.Float32, ["d"] = ColumnType.Date, ["t"] = ColumnType.Text };
        var table = Read("x,d,t\n0.1,2026-01-31,a\n,,\n"u8, new ReadOptions { Types = types });
        Assert.Equal([0.1f, float.NaN], ((NumericColumn)table["x"]).Floats.ToArray());
        Assert.Equal(["2026-01-31", null], Texts(table["d"]));
        Assert.Equal(20484, table["d"].Number(0));
        Assert.IsType<TextColumn>(table["t"]);
        Assert.All(table.Columns, column => Assert.Equal(1, column.MissingCount));
    }

    [Fact]
    public void Texts_are_free_when_more_than_half_differ()
    {
        var rows = Enumerable.Range(0, 120).Select(i => $"{i % 60},{i % 61},{i / 2 % 2}");
        var table = Read(Encoding.UTF8.GetBytes("free,set,n\n" + string.Join('\n', rows.Select(row => row.Replace(",", "x,", StringComparison.Ordinal)))));
        Assert.Equal("category: 60 different texts in 120 values", table["free"].Reason);
        Assert.Equal("text: 61 of 120 values differ, more than half", table["set"].Reason);
        Assert.Equal("integer: all 120 values are whole numbers", table["n"].Reason);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_kept_out_counted_and_do_not_decide_kinds()
    {
        var table = Read("a,b\n1,2\nx\n3,4\n5,6,7\n\"q\"z,1\n8,9\n"u8, new ReadOptions { OnBadRow = OnBadRow.Skip, Header = true });
        Assert.Equal(["1", "3", "8"], Texts(table["a"]));
        Assert.Equal(ColumnKind.Integer, table["a"].Kind);
        Assert.Equal(3, table.Notes!.RowsSkipped);
        Assert.Equal([3, 5, 6], table.Notes.FirstSkipped.Select(row => row.Line));
        Assert.StartsWith("found 1 cell, expected 2", table.Notes.FirstSkipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_grows_is_read_as_it_was()
    {
        using var folder = new Tasks.TemporaryFolder();
        var path = folder.Write("grows.csv", "a\n1\n2\n");
        using var batches = TableReader.Batches(path, 1, null, Token).GetEnumerator();
        Assert.True(batches.MoveNext());
        File.AppendAllText(path, "x\n");
        Assert.True(batches.MoveNext());
        Assert.False(batches.MoveNext());
    }

    [Fact]
    public void Any_number_of_threads_and_batches_give_the_same_table()
    {
        // Larger than several blocks; the last rows turn a column of numbers into texts, and cells hold quotes and line ends.
        var random = new SeededRandom(5);
        var text = new StringBuilder("id,x,late,day,word\r\n");
        for (var row = 0; row < 120_000; row++)
        {
            text.Append(row).Append(',').Append(random.Next(10) == 0 ? "NA" : random.NextNormal().ToString("R", System.Globalization.CultureInfo.InvariantCulture))
                .Append(',').Append(row < 119_000 ? "007" : "abc").Append(",2026-01-").Append(10 + random.Next(20))
                .Append(",\"w\n\"\"").Append(random.Next(30)).Append("\"\"\"\r\n");
        }

        using var folder = new Tasks.TemporaryFolder();
        var path = folder.Write("large.csv", text.ToString());
        var one = TableReader.Read(path, null, Token);
        Assert.Equal("Integer Number Category Date Category", string.Join(' ', one.Columns.Select(column => column.Kind)));
        Assert.Equal(["007", "abc"], ((CategoryColumn)one["late"]).Categories);
        var four = TableReader.Read(path, new ReadOptions { Threads = 4 }, Token);
        var batches = TableReader.Batches(path, 50_000, new ReadOptions { Threads = 2 }, Token).ToArray();
        Assert.Equal([50_000, 50_000, 20_000], batches.Select(batch => batch.RowCount));
        Assert.All(batches, batch => Assert.Equal(one.Columns.Select(column => (column.Name, column.Kind)), batch.Columns.Select(column => (column.Name, column.Kind))));
        foreach (var column in one.Columns)
        {
            Assert.Equal(Texts(column), Texts(four[column.Name]));
            Assert.Equal(column.Reason, four[column.Name].Reason);
            Assert.Equal(Texts(column), batches.SelectMany(batch => Texts(batch[column.Name])));
        }
    }

    [Fact]
    public void A_column_of_numbers_in_one_file_and_of_texts_in_the_other_is_refused()
    {
        var fitted = Preparation.Fit(Read("x\n1\n2\n"u8), []);
        Assert.Contains("Column 'x' of the rows is Category, and the model was trained on Integer",
            Assert.Throws<UserErrorException>(() => fitted.Apply(Read("x\none\ntwo\n"u8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_and_texts_are_no_features_and_the_message_says_what_to_do()
    {
        var message = Assert.Throws<UserErrorException>(() => Preparation.Fit(Read("d\n2026-01-31\n"u8), [])).Message;
        Assert.Equal("Column 'd' of the data holds dates (date: all 1 values are dates), and a model takes numbers. Exclude the column (exclude: [d]), or add {date_parts: [d]}.",
            message.Replace("{exclude: [d]}", "exclude: [d]", StringComparison.Ordinal));
    }

    static Table Read(ReadOnlySpan<byte> bytes, ReadOptions? options = null, string source = "f.csv") => TableReader.Read(new MemoryStream(bytes.ToArray()), source, options);

    static string Refused(byte[] bytes, ReadOptions? options = null) => Assert.Throws<UserErrorException>(() => Read(bytes, options)).Message;

    static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Length).Select(column.Text);

    static byte[] Compressed(Func<Stream, Stream> compress, byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var stream = compress(memory))
        {
            stream.Write(bytes);
        }

        return memory.ToArray();
    }

    static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return memory.ToArray();
    }
}
