using Assay.Data;
using Assay.Data.Profiling;
using Assay.Scoring;

namespace Assay.Tests.Conformance;

// What a careful person would want to know of public data sets.
public class ProfileTests
{
    static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Impossible_zeros_of_pima_are_told()
    {
        // Columns 1 to 5 are glucose, pressure, skin, insulin and body mass; the counts are known from pandas: (table == 0).sum().
        var zeros = Findings.Of(ProfileBuilder.Of(TableReader.Read(SharedFolder.Find("data", "jbrownlee", "pima-indians-diabetes.csv"), null, TestContext.Current.CancellationToken)), _now)
            .Where(finding => finding.Kind == "suspicious_zeros").ToDictionary(finding => finding.Column!, finding => finding.Count);
        Assert.Equal(new Dictionary<string, long?> { ["c1"] = 5, ["c2"] = 35, ["c3"] = 227, ["c4"] = 374, ["c5"] = 11 }, zeros);
    }

    [Fact]
    public void Question_marks_of_adult_are_counted()
    {
        var path = SharedFolder.Find("data", "jbrownlee", "adult-test.csv");
        var table = TableReader.Read(path, null, TestContext.Current.CancellationToken);
        var profile = ProfileBuilder.Of(table);
        var missing = profile.Columns.Where(column => column.Missing > 0).ToDictionary(column => column.Name, column => column.Missing);
        Assert.Equal(new Dictionary<string, long> { ["c1"] = 963, ["c6"] = 966, ["c13"] = 274 }, missing);
        var found = Findings.Of(table.Notes!);
        Assert.Equal(
            [("c1", "'?' was read as missing in 963 rows"), ("c6", "'?' was read as missing in 966 rows"), ("c13", "'?' was read as missing in 274 rows")],
            found.Where(finding => finding.Kind == "missing_mark").Select(finding => (finding.Column!, finding.Message)));

        // grep -o ', ' adult-test.csv | wc -l: a blank before every value but the first of a row.
        Assert.Equal(227934, found.Single(finding => finding.Kind == "blanks_trimmed").Count);
        Assert.DoesNotContain(Findings.Of(profile, _now), finding => finding.Kind == "suspicious_zeros");
    }

    [Fact]
    public void Titanic_s_alive_gives_the_target_away()
    {
        var table = TableReader.Read(SharedFolder.Find("data", "seaborn", "titanic.csv"), null, TestContext.Current.CancellationToken);
        var link = Assert.Single(TargetScan.Run(table, "survived", 1), link => link.GivesAway);
        Assert.Equal(("alive", 1.0, 891), (link.Column, link.Accuracy, link.N));

        // pandas: titanic.duplicated().sum() is 107.
        var profile = ProfileBuilder.Of(table);
        Assert.Equal(107, profile.DuplicateRows);
        Assert.Contains(profile.OneToOne, pair => (pair.First, pair.Second) == ("survived", "alive"));
        Assert.Contains(profile.OneToOne, pair => (pair.First, pair.Second) == ("pclass", "class"));
        Assert.Equal(28, profile.Columns.Single(column => column.Name == "age").Numbers!.Quantile(0.5));
    }

    [Fact]
    public void A_table_does_not_drift_from_itself_nor_from_its_profile()
    {
        var table = TableReader.Read(SharedFolder.Find("data", "seaborn", "titanic.csv"), null, TestContext.Current.CancellationToken);
        Assert.All(DriftAnalysis.Compare(table, table, new DriftOptions()).Columns, column => Assert.Empty(column.Causes));
        Assert.All(DriftAnalysis.Compare(ProfileBuilder.Of(table), table, new DriftOptions()).Columns, column => Assert.Empty(column.Causes));
    }
}
