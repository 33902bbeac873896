namespace Assay.Reporting.Parts;

static class DataPart
{
    const int MostClasses = 5;

    public static ReportPart? Of(Report report) => report.Data is not { } data
        ? null
        : new("data", "Data", [.. Facts(data)], [.. new[] { Classes(data), Columns(data) }.Where(table => !table.Rows.IsEmpty)]);

    static IEnumerable<ReportFact> Facts(DataSection data)
    {
        yield return new("file", $"{data.Path} (sha256 {data.Sha256[..Math.Min(12, data.Sha256.Length)]})");
        yield return new("rows read", NumberText.Count(data.RowsRead));
        yield return new("used", NumberText.Count(data.RowsRead - data.RowsWithoutTarget - data.RowsDropped));
        yield return new("without target", NumberText.Count(data.RowsWithoutTarget));
        yield return new("dropped", NumberText.Count(data.RowsDropped));
        yield return new("target", data.Positive is null ? data.Target : $"{data.Target} (positive: {data.Positive})");
        yield return new("split", $"{data.Method}: {NumberText.Count(data.TrainRows)} train, {NumberText.Count(data.TestRows)} test");
        foreach (var target in data.Numbers)
        {
            yield return new($"values of {target.Name}", $"mean {NumberText.Number(target.Mean)}, deviation {NumberText.Number(target.Deviation)}, from {NumberText.Number(target.Low)} to {NumberText.Number(target.High)}");
        }

        if (data.Numbers.IsEmpty)
        {
            yield return new("classes", string.Join(", ", data.Classes.Take(MostClasses).Select(item => $"{item.Label} {NumberText.Percent(item.Share)}"))
                + (data.Classes.Length > MostClasses ? $", and {NumberText.Count(data.Classes.Length - MostClasses)} more" : ""));
        }

        var missing = data.Columns.Where(column => column.Missing > 0).Select(column => $"{column.Name} {NumberText.Count(column.Missing)}").ToList();
        yield return new("missing values", missing.Count == 0 ? "none" : string.Join(", ", missing));
    }

    static ReportTable Classes(DataSection data) => new(
        "Classes",
        [new("class"), new("rows", IsNumber: true), new("share", IsNumber: true)],
        [.. data.Classes.Select(item => new ReportRow([item.Label, NumberText.Count(item.Rows), NumberText.Percent(item.Share)], IsBrief: false))]);

    static ReportTable Columns(DataSection data) => new(
        "Columns",
        [new("column"), new("kind"), new("role"), new("missing", IsNumber: true), new("distinct", IsNumber: true)],
        [.. data.Columns.Select(column => new ReportRow(
            [column.Name, column.Kind, column.Role, NumberText.Count(column.Missing), NumberText.Count(column.Distinct)],
            IsBrief: false))]);
}
