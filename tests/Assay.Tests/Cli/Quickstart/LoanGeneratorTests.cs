using Assay.Cli.Quickstart;
using Assay.Data;

namespace Assay.Tests.Cli.Quickstart;

public class LoanGeneratorTests
{
    [Fact]
    public void It_makes_the_committed_file_again() =>
        Assert.Equal(File.ReadAllText(Repository.PathOf("samples", "quickstart", "loans.csv")), LoanGenerator.Csv());

    [Fact]
    public void Its_table_is_messy_as_promised()
    {
        var table = CsvReader.Read(Repository.PathOf("samples", "quickstart", "loans.csv"));
        Assert.Equal(LoanGenerator.Rows, table.RowCount);
        Assert.True(table["income"].MissingCount > 100);
        Assert.True(table["credit_score"].MissingCount > 100);
        var defaults = ClassLabels.Of(table["defaulted"]).Codes.Average();
        Assert.InRange(defaults, 0.15, 0.25);
    }
}
