using System.Globalization;
using Assay.Reporting;
using Assay.Results;
using Assay.Running;
using Assay.Storage;
using Assay.Tests.Storage;
using Record = Assay.Results.Record;

namespace Assay.Tests.Running;

public sealed class VerificationTests : IDisposable
{
    readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("target: label, exclude: [group, size]}\nslices: [group]\nmethod: {cross_validation: {folds: 3, repeats: 2}}\nmodel: {logistic: {}}\nmetrics: [accuracy, f1, roc_auc, log_loss, loss, brier, ece, kappa, average_precision]")]
    [InlineData("target: label, exclude: [group, size]}\nslices: [group]\nmodel: {logistic: {}}")]
    [InlineData("target: size, exclude: [label, group]}\nslices: [group]\nmethod: {cross_validation: {folds: 4}}\nmodel: {linear: {}}")]
    public async Task Every_figure_of_a_tables_records_is_computed_again_to_the_same(string spec)
    {
        WriteTable();
        var run = await RunAsync($"name: n\nseed: 5\ndata: {{path: table.csv, {spec}\n");
        var verification = await Verification.ComputeAsync(run, Token);
        var baseline = verification.Figures.Where(figure => figure.Stored.Stage == "compare" || figure.Stored.Model is "majority" or "mean").ToList();
        Assert.All(verification.Figures.Except(baseline), figure => Assert.Equal((figure.Stored.Metric, FigureCheck.Equal, null), (figure.Stored.Metric, figure.Check, figure.Reason)));
        Assert.All(baseline, figure => Assert.Equal(FigureCheck.NotRecomputable, figure.Check));
        Assert.InRange(verification.Count(FigureCheck.Equal), 10, int.MaxValue);
    }

    [Fact]
    public async Task Every_mean_of_a_task_is_computed_again_to_the_same()
    {
        var verification = await Verification.ComputeAsync(await TaskRunAsync(), Token);
        Assert.All(verification.Figures, figure => Assert.Equal((figure.Stored.Metric, FigureCheck.Equal), (figure.Stored.Metric, figure.Check)));
        Assert.Contains(verification.Figures, figure => figure.Stored is { Metric: "exact_match/answered", N: 20 });
    }

    [Fact]
    public async Task A_changed_figure_of_the_report_is_found()
    {
        var run = await TaskRunAsync();
        var stored = ReportOf(run).Estimates[0];
        var changed = run with { ReportJson = run.ReportJson!.Replace(Text(stored.Value), Text(stored.Value + 0.001), StringComparison.Ordinal) };
        var figure = (await Verification.ComputeAsync(changed, Token)).Figures[0];
        Assert.Equal(FigureCheck.Differs, figure.Check);
        Assert.Contains($"value {Text(stored.Value + 0.001)} is {Text(stored.Value)} by the records", figure.Reason, StringComparison.Ordinal);
        Assert.Equal(stored.Value, figure.Recomputed!.Value);
    }

    [Fact]
    public async Task A_changed_score_and_a_lost_record_are_found()
    {
        var run = await TaskRunAsync();
        var records = await run.Scores.ToListAsync(Token);
        IEnumerable<Record>[] wrong =
        [
            records.Select((record, i) => i == 3 ? record with { Scores = new Dictionary<string, double> { ["exact_match"] = 1 - record.Scores["exact_match"] } } : record),
            records.Skip(1),
        ];
        foreach (var changed in wrong)
        {
            var verification = await Verification.ComputeAsync(run with { Scores = changed.ToAsyncEnumerable() }, Token);
            Assert.Equal(FigureCheck.Differs, verification.Figures[0].Check);
        }
    }

    [Fact]
    public async Task A_run_without_a_report_is_said()
    {
        var run = await TaskRunAsync();
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Verification.ComputeAsync(run with { ReportJson = null }, Token));
        Assert.Contains("has no report", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<UserErrorException>(() => Verification.ComputeAsync(run with { ReportJson = "{}" }, Token));
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
    }

    // 30 samples, of which 20 can be extracted and 12 are right.
    async Task<StoredRun> TaskRunAsync()
    {
        Write("sums.jsonl", Enumerable.Range(0, 30).Select(i => $$"""{"n": {{i}}, "sum": {{i + i}}, "group": "{{i % 3}}"}"""));
        Write("outputs.jsonl", Enumerable.Range(0, 30).Select(i => $$"""{"output": "{{(i < 20 ? $"#{(i < 12 ? i + i : 1)}" : "no idea")}}"}"""));
        Write("sums.yaml",
        [
            "task: sums", "dataset_path: json", "dataset_kwargs: {data_files: {test: sums.jsonl}}", "output_type: generate_until", "test_split: test",
            "doc_to_text: \"{{n}} + {{n}} = \"", "doc_to_target: sum", "metric_list: [{metric: exact_match}]",
            "filter_list: [{name: number, filter: [{function: regex, regex_pattern: '#(\\d+)'}, {function: take_first}]}]",
        ]);
        return await RunAsync("name: n\ntasks: [sums.yaml]\nmodel: {replay: {path: outputs.jsonl, output: \"{{ output }}\"}}\n");
    }

    async Task<StoredRun> RunAsync(string yaml)
    {
        var folder = Path.GetDirectoryName(_folder.Store)!;
        var reading = SpecReader.Read(yaml, "spec.yaml", folder, folder);
        Assert.Empty(reading.Problems);
        var store = new SqliteRunStore(_folder.Store, TimeProvider.System);
        var report = await Runner.RunAsync(reading.Spec!, new RunServices { Time = TimeProvider.System, Store = store }, Token);
        return (await store.ReadAsync(report.Run, Token))!;
    }

    void WriteTable()
    {
        var random = new SeededRandom(11);
        Write("table.csv", Enumerable.Range(0, 150).Select(i =>
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            return string.Create(CultureInfo.InvariantCulture, $"{a:R},{b:R},{(i % 7 == 0 ? "" : $"{a + b + random.NextDouble():R}")},{(a + random.NextDouble() > 1 ? "yes" : "no")},{"xyz"[i % 3]}");
        }).Prepend("a,b,size,label,group"));
    }

    static Report ReportOf(StoredRun run) => System.Text.Json.JsonSerializer.Deserialize<Report>(run.ReportJson!, ReportJson.Options)!;

    static string Text(double? value) => value!.Value.ToString("R", CultureInfo.InvariantCulture);

    void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(Path.GetDirectoryName(_folder.Store)!, name), lines);
}
