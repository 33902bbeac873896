using Assay.Comparing;
using Assay.Results;
using Assay.Running;
using Record = Assay.Results.Record;

namespace GateInTests;

/// <summary>A model that must pass before it ships: the gates of a spec, and the released model's stored answers, in <c>dotnet test</c>.</summary>
public class ModelGateTests
{
    [Fact]
    public async Task The_model_passes_its_gates()
    {
        var report = await Runner.RunAsync(Spec(), new RunServices { Time = TimeProvider.System }, TestContext.Current.CancellationToken);
        Assert.All(report.Gates, gate => Assert.True(gate.Holds, $"{gate.Condition}: {gate.Value} {gate.Reason}"));
    }

    [Fact]
    public async Task The_model_is_not_worse_than_the_released_one()
    {
        var candidate = new RunScores("candidate");
        var services = new RunServices { Time = TimeProvider.System, OnRecord = candidate.Add };
        var report = await Runner.RunAsync(Spec(), services, TestContext.Current.CancellationToken);
        var released = await RunScores.ReadAsync("released", Records("released.records.jsonl"), cancellationToken: TestContext.Current.CancellationToken);

        var comparison = Comparison.Compare(released, candidate, cancellationToken: TestContext.Current.CancellationToken);
        var gate = Gate.Parse("exact_match not worse than baseline by 0.1", out _)!.Judge(report.Estimates, comparison: comparison);
        Assert.True(gate.Holds, gate.Reason);
    }

    static Spec Spec()
    {
        var reading = SpecReader.ReadFile("model.yaml", AppContext.BaseDirectory);
        Assert.Empty(reading.Problems);
        return reading.Spec!;
    }

    static async IAsyncEnumerable<Record> Records(string file)
    {
        await foreach (var line in File.ReadLinesAsync(Path.Combine(AppContext.BaseDirectory, file), TestContext.Current.CancellationToken))
        {
            yield return RecordJson.Parse(line);
        }
    }
}
