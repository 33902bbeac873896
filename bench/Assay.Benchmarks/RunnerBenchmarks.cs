using System.Diagnostics;
using System.Globalization;
using System.Text;
using Assay.Models;
using Assay.Reporting;
using Assay.Running;
using Assay.Storage;
using Assay.Tasks;

namespace Assay.Benchmarks;

/// <summary>
/// The runner of tasks for language models: <see cref="InstantServer"/> on the same machine, or answers from a file. With the server every sample is asked,
/// scored and stored in SQLite; from the file every sample is scored and nothing is stored. Beside promptfoo both are whole commands, from start to end.
/// </summary>
static class RunnerBenchmarks
{
    const int Asked = 10_000;
    const int Replayed = 1_000_000;
    const int AtATime = 64;

    public static IEnumerable<Benchmark> All =>
    [
        new("Runner", "10,000 samples asked, scored, stored", null, 1, Ask),
        new("Runner", "1,000,000 samples replayed, scored", null, 1, Replay),
        new("Runner", "command: 1,000 samples asked, scored, stored", PromptfooBench.Case, 10, peers => PromptfooBench.Ours(TaskFile(peers, PromptfooBench.Samples))),
    ];

    static Func<object?> Ask(PeerData peers)
    {
        var task = TaskReader.Read(TaskFile(peers, Asked), peers.PathOf("")).Require();
        var (server, port) = InstantServer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Kill();
        var model = new OpenAIModelOptions { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1"), Model = "m" };
        var (folder, runs) = (Directory.CreateTempSubdirectory("assay-bench-").FullName, 0);
        return () =>
        {
            var store = new SqliteRunStore(Path.Combine(folder, $"{++runs}.db"), TimeProvider.System);
            return Run(new Spec { Name = "asked", Models = [model], Tasks = [task], Concurrency = AtATime }, new RunServices { Time = TimeProvider.System, Store = store }, Asked);
        };
    }

    static Func<object?> Replay(PeerData peers)
    {
        var task = TaskReader.Read(TaskFile(peers, Replayed), peers.PathOf("")).Require();
        var path = peers.PathOf("runner-outputs.jsonl");
        if (!File.Exists(path))
        {
            File.WriteAllLines(path, Enumerable.Range(0, Replayed).Select(i => $$"""{"id": {{i}}, "output": "Adding {{i % 97}} and {{i % 89}} and taking the last digit we see that the answer is {{i * 7 % 10}}."}"""));
        }

        var model = new ReplayOptions { Path = path, Output = "{{ output }}" };
        return () => Run(new Spec { Name = "replayed", Models = [model], Tasks = [task] }, new RunServices { Time = TimeProvider.System }, Replayed);
    }

    static string Run(Spec spec, RunServices services, int samples)
    {
        var start = TimeProvider.System.GetTimestamp();
        var report = Runner.RunAsync(spec, services, CancellationToken.None).GetAwaiter().GetResult();
        var estimate = report.Estimates.First(item => item.Metric == "exact_match");
        var rate = samples / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Verdict} {NumberText.Of(estimate)} of {estimate.N}; last {rate:F0}/s, peak {self.PeakWorkingSet64 / 1048576.0:F0} MiB");
    }

    /// <summary>A task whose answer is found by an expression, with its data.</summary>
    static string TaskFile(PeerData peers, int samples)
    {
        var (path, data) = (peers.PathOf($"runner-{samples}.yaml"), peers.PathOf($"runner-{samples}.jsonl"));
        if (!File.Exists(data))
        {
            File.WriteAllLines(data, Enumerable.Range(0, samples).Select(i => $$"""{"question": "What is the last digit of {{i % 97}} plus {{i % 89}}, taken {{i}} times?", "answer": "{{i % 10}}"}"""));
        }

        File.WriteAllText(
            path,
            $$$"""
            task: last_digit
            dataset_path: json
            dataset_kwargs: {data_files: {test: {{{Path.GetFileName(data)}}}}}
            output_type: generate_until
            test_split: test
            doc_to_text: "Question: {{question}}\nAnswer:"
            doc_to_target: answer
            generation_kwargs: {until: ["\n\n"], max_gen_toks: 64, do_sample: false}
            filter_list: [{name: digit, filter: [{function: regex, regex_pattern: "answer is (\\d+)"}, {function: take_first}]}]
            metric_list: [{metric: exact_match}]
            """,
            new UTF8Encoding(false));
        return path;
    }
}
