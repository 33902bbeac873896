using System.Text;
using Assay.Data;

namespace Assay.Tests.Data;

public class CsvReaderTests
{
    [Theory]
    [InlineData("true,FALSE,?,True", ColumnKind.Boolean)]
    [InlineData("1,-2,,+3", ColumnKind.Integer)]
    [InlineData("9007199254740992,-9007199254740992", ColumnKind.Integer)]
    [InlineData("9007199254740993", ColumnKind.Integer)]
    [InlineData("9007199254740993,1.5", ColumnKind.Number)]
    [InlineData("9223372036854775808", ColumnKind.Number)]
    [InlineData("2026-01-31,NA", ColumnKind.Date)]
    [InlineData("2026-01-31T18:30:00.1234567Z,2026-01-31 18:30+08:00", ColumnKind.Date)]
    [InlineData("2026-02-30", ColumnKind.Category)]
    [InlineData("2026-01-31,1", ColumnKind.Category)]
    [InlineData("1,2.5,NA,1e5", ColumnKind.Number)]
    [InlineData(".5,-1.", ColumnKind.Number)]
    [InlineData("1,two", ColumnKind.Category)]
    [InlineData("true,1", ColumnKind.Category)]
    [InlineData("1,1e999", ColumnKind.Category)]
    [InlineData("1,Infinity", ColumnKind.Category)]
    [InlineData("1,12a,0x1F", ColumnKind.Category)]
    [InlineData(",NA,nan", ColumnKind.Number)]
    public void Kind_is_inferred_over_the_whole_column(string cells, ColumnKind kind)
    {
        var column = Read("id;x\n" + string.Join('\n', cells.Split(',').Select(cell => $"a;{cell}")))["x"];
        Assert.Equal(kind, column.Kind);
    }

    [Fact]
    public void Cells_before_the_first_text_keep_how_they_were_written()
    {
        var column = Read("x,y\n007,1\n1.50,1\n,1\nTRUE,1\nabc,1\n007,1\n")["x"];
        Assert.Equal(["007", "1.50", null, "TRUE", "abc", "007"], Texts(column));
        Assert.Equal(["007", "1.50", "TRUE", "abc"], ((CategoryColumn)column).Categories);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("N/A")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("?")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("\"\"")]
    [InlineData("  ")]
    [InlineData("\"NA\"")]
    public void Missing_marks_are_missing_in_every_kind(string mark)
    {
        var table = Read($"n,i,b,c\n{mark},{mark},{mark},{mark}\n1.5,1,true,z\n");
        Assert.All(table.Columns, column => Assert.True(column.IsMissing(0) && !column.IsMissing(1) && column.MissingCount == 1));
        Assert.Equal([ColumnKind.Number, ColumnKind.Integer, ColumnKind.Boolean, ColumnKind.Category], table.Columns.Select(column => column.Kind));
    }

    [Fact]
    public void Missing_marks_can_be_numbers_and_then_the_default_ones_are_texts()
    {
        var table = Read("x,y\n-999,NA\n1,b\n", new ReadOptions { MissingMarks = ["-999"] });
        Assert.Equal([null, "1"], Texts(table["x"]));
        Assert.Equal(["NA", "b"], Texts(table["y"]));
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\r\n1,2")]
    [InlineData("a,b\r1,2\r")]
    [InlineData("\uFEFFa,b\n1,2\n")]
    [InlineData("\n\r\n  \na,b\n\n1,2\n   \n\n")]
    [InlineData(" a , b\t\n\t1 ,  2  ")]
    [InlineData("\"a\" , \"b\"\n \"1\",\"2\" \n")]
    [InlineData("a;b\n1;2\n")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a|b\n1|2\n")]
    public void Line_ends_blanks_marks_and_delimiters_do_not_change_the_table(string text)
    {
        var table = Read(text);
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal(["1", "2"], table.Columns.Select(column => column.Text(0)));
        Assert.Equal(1, table.RowCount);
    }

    [Fact]
    public void Commas_in_the_header_do_not_hide_another_delimiter() =>
        Assert.Equal(["height, cm", "name, first, last"], Read("height, cm;name, first, last\n180;x\n").Columns.Select(column => column.Name));

    [Fact]
    public void A_given_delimiter_is_not_guessed() =>
        Assert.Equal("1;2", Read("a,b\n1;2,3\n", new ReadOptions { Delimiter = ',' })["a"].Text(0));

    [Fact]
    public void A_single_column_needs_no_delimiter() => Assert.Equal(["x", null, "y"], Texts(Read("a\nx\n\n\"\"\ny\n")["a"]));

    [Fact]
    public void Quotes_hold_delimiters_line_ends_blanks_and_doubled_quotes()
    {
        var table = Read("a,b\n\"x, \"\"y\"\"\r\nz\",\" 1 \"\n5\" pipe,\"\"\"\"\n");
        Assert.Equal(["x, \"y\"\r\nz", "5\" pipe"], Texts(table["a"]));
        Assert.Equal([" 1 ", "\""], Texts(table["b"]));
    }

    [Fact]
    public void Random_tables_come_back_from_their_text()
    {
        // Blanks, quotes, delimiters, line ends, letters beyond the basic plane; longer than the reader's buffer.
        string[] pieces = [" ", "\t", "\"", ",", ";", "\n", "\r", "\r\n", "a", "B", "7", ".", "é", "漢", "😀"];
        for (var seed = 0UL; seed < 60; seed++)
        {
            var random = new SeededRandom(seed);
            var (columns, rows) = (1 + random.Next(5), 1 + random.Next(seed < 5 ? 20_000 : 40));
            var cells = Enumerable.Range(0, rows * columns).Select(_ => "x" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]))).ToArray();
            var text = new StringBuilder(string.Join(',', Enumerable.Range(0, columns).Select(c => $"c{c}")));
            for (var i = 0; i < cells.Length; i++)
            {
                text.Append(i % columns == 0 ? "\r\n" : ",").Append('"').Append(cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }

            var table = Read(text.ToString(), new ReadOptions { Delimiter = ',' });
            Assert.Equal(cells, Enumerable.Range(0, cells.Length).Select(i => table.Columns[i % columns].Text(i / columns)));
        }
    }

    [Fact]
    public void Random_numbers_come_back_bit_for_bit()
    {
        var random = new SeededRandom(3);
        var values = Enumerable.Range(0, 30_000).Select(_ => BitConverter.UInt64BitsToDouble(random.NextUInt64())).Where(double.IsFinite).ToArray();
        var table = Read("x\n" + string.Join('\n', values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(values, ((NumericColumn)table["x"]).Values.ToArray());
    }

    [Fact]
    public void Given_kinds_win_over_the_inferred_ones()
    {
        var types = new Dictionary<string, ColumnType> { ["zip"] = ColumnType.Category, ["paid"] = ColumnType.Boolean, ["n"] = ColumnType.Int64, ["x"] = ColumnType.Float64 };
        var table = Read("zip,paid,n,x\n00501,0,3.0,1\n?,1,4,2\n", new ReadOptions { Types = types });
        Assert.Equal(["00501", null], Texts(table["zip"]));
        Assert.Equal(["False", "True"], Texts(table["paid"]));
        Assert.Equal(["3", "4"], Texts(table["n"]));
        Assert.Equal([ColumnKind.Category, ColumnKind.Boolean, ColumnKind.Integer, ColumnKind.Number], table.Columns.Select(column => column.Kind));
    }

    [Theory]
    [InlineData("", "f.csv: the file is empty")]
    [InlineData("\n \n", "f.csv: the file is empty")]
    [InlineData("a,b\n", "f.csv: there is a header and no row")]
    [InlineData("a,,b\n1,2,3", "f.csv:1: column 2 has no name")]
    [InlineData("a,b,a\n1,2,3", "f.csv:1: columns 1 and 3 are both named 'a'")]
    [InlineData("a,b\n1,2\n\n3\n", "f.csv:4: found 1 cell, expected 2")]
    [InlineData("a,b\n1,2,3\n", "f.csv:2: found 3 cells, expected 2")]
    [InlineData("a,b\n\"x\ny\",2\n3\n", "f.csv:4: found 1 cell, expected 2")]
    [InlineData("a,b\n1,2\n3,\"x\ny\n", "f.csv:3: the quote that opens here is never closed")]
    [InlineData("a,b\n\"x\"y,2\n", "f.csv:2: 'y' stands behind a closing quote")]
    public void Bad_text_is_refused_with_its_line(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ColumnType.Boolean, "2", "Expected true or false")]
    [InlineData(ColumnType.Int64, "2.5", "Expected a whole number")]
    [InlineData(ColumnType.Int64, "9223372036854775808", "Expected a whole number")]
    [InlineData(ColumnType.Float64, "true", "Expected a finite number")]
    public void A_cell_that_does_not_fit_its_given_type_is_named(ColumnType type, string cell, string expected)
    {
        var options = new ReadOptions { Types = new Dictionary<string, ColumnType> { ["b"] = type } };
        var message = Assert.Throws<UserErrorException>(() => Read($"a,b\n1,1\n1,?\n1,{cell}\n", options)).Message;
        Assert.StartsWith($"f.csv:4: column 'b' holds '{cell}'. {expected}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_for_an_unknown_column_names_the_nearest()
    {
        var options = new ReadOptions { Types = new Dictionary<string, ColumnType> { ["agee"] = ColumnType.Float64 } };
        Assert.Contains("Did you mean 'age'?", Assert.Throws<UserErrorException>(() => Read("age\n1\n", options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aé,b\r\n1,2\r\n", "é")]
    [InlineData("\uFEFFaé,b\n1,2\n", "é")]
    public void Files_are_utf8_with_or_without_mark(string text, string letter) =>
        Assert.Equal("a" + letter, InFile(Encoding.UTF8.GetBytes(text), path => CsvReader.Read(path)).Columns[0].Name);

    [Fact]
    public void Other_encodings_are_refused_with_the_line()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "a,b\r\nx,1\r\n"u8, 0xFC, .. ",2\r\n"u8];
        var message = InFile(bytes, path => Assert.Throws<UserErrorException>(() => CsvReader.Read(path)).Message);
        Assert.Contains(".csv:3: the bytes are not valid UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_file_is_named() =>
        Assert.StartsWith("no/such.csv: there is no such file", Assert.Throws<UserErrorException>(() => CsvReader.Read("no/such.csv")).Message, StringComparison.Ordinal);

    static Table Read(string text, ReadOptions? options = null) => CsvReader.Read(new StringReader(text), "f.csv", options);

    static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Length).Select(column.Text);

    static T InFile<T>(byte[] bytes, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("assay-");
        try
        {
            var path = Path.Combine(folder.FullName, "f.csv");
            File.WriteAllBytes(path, bytes);
            return use(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
