using System.Globalization;
using System.Text;
using Assay.Reporting;
using Assay.Running;
using Assay.Storage;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Running;

/// <summary>Specs of one task whose answers are stored beside it, run into a real store: sample i is right where it is said to be.</summary>
sealed class TaskRuns : IDisposable
{
    const string Task = """
        task: sums
        dataset_path: json
        dataset_kwargs: {data_files: {test: data.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: q
        doc_to_target: a
        metric_list: [{metric: exact_match}]

        """;

    readonly TemporaryFolder _folder = new();

    public TaskRuns(int samples)
    {
        Samples = samples;
        _folder.Write("sums.yaml", Task);
        _folder.Write("data.jsonl", string.Concat(Enumerable.Range(0, samples).Select(i => $"{{\"q\": \"{i}\", \"a\": \"right\"}}\n")));
        Store = new SqliteRunStore(Path.Combine(_folder.Path, "runs.db"), TimeProvider.System);
    }

    public int Samples { get; }

    public SqliteRunStore Store { get; }

    public string Folder => _folder.Path;

    public SpecReading Read(string rest, Func<int, bool> isRight)
    {
        var answers = new StringBuilder();
        for (var i = 0; i < Samples; i++)
        {
            answers.Append(CultureInfo.InvariantCulture, $"{{\"out\": \"{(isRight(i) ? "right" : "wrong")}\"}}\n");
        }

        _folder.Write("answers.jsonl", answers.ToString());
        return SpecReader.Read(
            "name: sums\nseed: 3\ntasks: [sums.yaml]\nmodel: {replay: {path: answers.jsonl, output: \"{{ out }}\"}}\n" + rest, "spec.yaml", _folder.Path, _folder.Path);
    }

    public async Task<Report> RunAsync(string rest, Func<int, bool> isRight)
    {
        var reading = Read(rest, isRight);
        Assert.Empty(reading.Problems);
        return await Runner.RunAsync(reading.Spec!, new RunServices { Time = TimeProvider.System, Store = Store }, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();
}
