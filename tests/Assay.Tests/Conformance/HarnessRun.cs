using System.Collections.Immutable;
using Assay.Models;
using Assay.Reporting;
using Assay.Running;
using Assay.Tasks;
using Record = Assay.Results.Record;

namespace Assay.Tests.Conformance;

/// <summary>A run of tasks of harness_parity, with logs in the harness's form.</summary>
sealed record HarnessRun(Report Report, string Folder, IReadOnlyList<Record> Records)
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Shared => SharedFolder.Find("data", "harness_parity");

    public static TaskDefinition Task(string name) => TaskReader.Read(Path.Combine(Shared, "tasks", $"{name}.yaml"), Shared).Require();

    public static ReplayOptions Replay(string run, string name) => new() { Path = Path.Combine(Shared, run, $"samples_pg_{name}.jsonl"), Output = "{{ output }}", Name = run };

    public static async Task<HarnessRun> OfAsync(string folder, LanguageModelOptions model, IEnumerable<TaskDefinition> tasks, ImmutableArray<TaskGroup> groups = default)
    {
        var records = new List<Record>();
        var spec = new Spec { Name = "parity", Models = [model], Tasks = [.. tasks], Groups = groups.IsDefault ? [] : groups };
        var report = await Runner.RunAsync(spec, new RunServices { Time = TimeProvider.System, HarnessFolder = folder, OnRecord = records.Add }, Token);
        return new HarnessRun(report, Path.Combine(folder, model.Name), records);
    }

    public string Samples(string task) => Directory.EnumerateFiles(Folder, $"samples_{task}_*.jsonl").Single();

    public string Results() => Directory.EnumerateFiles(Folder, "results_*.json").Single();
}
