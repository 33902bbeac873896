using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Data;
using Assay.Data.Profiling;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary>A profile as one screen of text, or as JSON.</summary>
sealed record ProfileScreen
{
    const int MostColumns = 30;
    const int MostFindings = 24;
    const int MostLinks = 3;
    const int NameWidth = 22;

    static readonly double[] _quantiles = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public required string Path { get; init; }

    public required TableProfile Profile { get; init; }

    public required ImmutableArray<DataFinding> Findings { get; init; }

    public required ImmutableArray<TargetLink> Links { get; init; }

    public string? Dialect { get; init; }

    public string? Target { get; init; }

    public string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Path}: {Profile.Rows} rows, {Profile.Columns.Length} columns{(Dialect is null ? "" : $" ({Dialect})")}\n");
        var findings = All().ToArray();
        foreach (var finding in findings.Take(MostFindings))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Mark(finding.Weight)} {finding.Column ?? "table"}: {finding.Message}\n");
        }

        if (findings.Length > MostFindings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ... {findings.Length - MostFindings} more: --json\n");
        }

        if (Target is not null)
        {
            AppendTarget(text);
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{"column",-NameWidth} {"type",-8} {"missing",8} {"distinct",9}  values\n");
        foreach (var column in Profile.Columns.Take(MostColumns))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Fit(column.Name),-NameWidth} {column.Kind.ToString().ToLowerInvariant(),-8} {Share(column.Missing),8} {Distinct(column),9}  {Values(column)}\n");
        }

        return Profile.Columns.Length > MostColumns
            ? text.Append(CultureInfo.InvariantCulture, $"... {Profile.Columns.Length - MostColumns} more columns: --json").ToString()
            : text.ToString().TrimEnd();
    }

    public string Json()
    {
        var document = ConsoleOutput.Document("profile");
        document["estimates"] = JsonSerializer.SerializeToNode(Links.Where(link => link.Accuracy is not null).Select(Estimate), ReportJson.Options);
        document["rows"] = Profile.Rows;
        document["dialect"] = Dialect;
        document["findings"] = JsonSerializer.SerializeToNode(All(), ReportJson.Options);
        document["target"] = Target;
        document["target_links"] = JsonSerializer.SerializeToNode(Links, ReportJson.Options);

        // The sketch belongs into a saved profile, not onto a screen.
        var brief = Profile with { Columns = [.. Profile.Columns.Select(column => column with { Values = null, Numbers = column.Numbers is { } numbers ? numbers with { Points = [] } : null })] };
        document["profile"] = JsonSerializer.SerializeToNode(brief, ReportJson.Options);
        foreach (var (i, column) in Profile.Columns.Index())
        {
            if (column.Numbers is { } numbers)
            {
                document["profile"]!["columns"]![i]!["quantiles"] = new JsonObject(_quantiles.Select(q =>
                    KeyValuePair.Create(q.ToString(CultureInfo.InvariantCulture), (JsonNode?)JsonValue.Create(numbers.Quantile(q)))));
            }
        }

        return document.ToJsonString(ReportJson.Options);
    }

    IEnumerable<DataFinding> All() => Links.Where(link => link.GivesAway).Select(Leak).Concat(Findings).OrderBy(finding => finding.Weight);

    DataFinding Leak(TargetLink link) => new(Weight.Leak, "gives_target_away", link.Column, link.Accuracy is { } accuracy
        ? $"alone tells {Target} right in {NumberText.WithInterval(accuracy, link.Low, link.High)} of {link.N} rows: exclude it, unless it is known before the target is"
        : $"alone explains {NumberText.Number(link.Gain)} of the variance of {Target} ({link.N} rows): exclude it, unless it is known before the target is");

    static Estimate Estimate(TargetLink link) => new()
    {
        Metric = "single_column_accuracy",
        Value = link.Accuracy,
        Low = link.Low,
        High = link.High,
        N = link.N,
        Method = "wilson",
        Definition = "single_column_accuracy",
        Slice = ImmutableSortedDictionary<string, string>.Empty.Add("column", link.Column),
    };

    void AppendTarget(StringBuilder text)
    {
        var target = Profile.Columns.FirstOrDefault(column => column.Name == Target);
        if (target is { Values: not null, Distinct: <= 20 })
        {
            text.Append(CultureInfo.InvariantCulture, $"\ntarget {Target}: {string.Join(", ", target.Top.Select(value => $"{value.Value} {Percent((double)value.Rows / target.Count)}"))}\n");
        }

        foreach (var link in Links.Where(link => !link.GivesAway).Take(MostLinks))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {link.Column} alone: {(link.Accuracy is { } accuracy ? $"right in {NumberText.WithInterval(accuracy, link.Low, link.High)}" : $"R² {NumberText.Number(link.Gain)}")} of {link.N} rows\n");
        }
    }

    static string Mark(Weight weight) => weight switch
    {
        Weight.Leak => "LEAK",
        Weight.Suspicious => "!!",
        Weight.Notice or _ => " -",
    };

    static string Fit(string name) => name.Length <= NameWidth ? name : name[..(NameWidth - 1)] + "…";

    string Share(long missing) => missing == 0 ? "-" : Percent((double)missing / Profile.Rows);

    static string Percent(double share) => NumberText.Percent(share);

    static string Distinct(ColumnProfile column) => column.DistinctError == 0 ? NumberText.Count((long)column.Distinct) : $"~{NumberText.Count((long)column.Distinct)}";

    static string Values(ColumnProfile column)
    {
        var top = string.Join(", ", column.Top.Take(4).Select(value => $"{Fit(value.Value.ReplaceLineEndings(" "))} {(column.TopExact ? Percent((double)value.Rows / Math.Max(1, column.Count)) : "")}".TrimEnd()));
        if (column.Numbers is not { } numbers || column.Kind == ColumnKind.Boolean)
        {
            return column.Kind == ColumnKind.Text && column.Top is [{ Rows: 1 }, ..] ? $"e.g. {Fit(column.Top[0].Value.ReplaceLineEndings(" "))}" : top;
        }

        if (column.Kind == ColumnKind.Date)
        {
            return $"{Day(numbers.Min)} to {Day(numbers.Max)}";
        }

        return $"{Number(numbers.Min)} | {Number(numbers.Quantile(0.25))} | {Number(numbers.Quantile(0.5))} | {Number(numbers.Quantile(0.75))} | {Number(numbers.Max)}  mean {Number(numbers.Mean)} sd {Number(numbers.Deviation)}{(numbers.PointsExact ? "" : " (quantiles ±0.1 % of rank)")}";
    }

    static string Day(double days) => DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Number(double value) => value.ToString(Math.Abs(value) is (>= 1e-3 and < 1e7) or 0 ? "0.###" : "0.###e0", CultureInfo.InvariantCulture);
}
