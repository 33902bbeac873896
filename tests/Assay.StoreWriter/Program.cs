// A writer that tests can kill. Arguments: store, run id, records, milliseconds between two, number of the first (above 0: the run is resumed); or study, journal, workers (SampleStudy). A line on standard output for each
// record that AppendAsync took: its number.
using System.Globalization;
using Assay.Models;
using Assay.Results;
using Assay.Storage;
using Assay.StoreWriter;

if (args[0] == "study")
{
    await SampleStudy.WriteAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
    return;
}

var (path, run) = (args[0], args[1]);
var count = int.Parse(args[2], CultureInfo.InvariantCulture);
var pause = TimeSpan.FromMilliseconds(int.Parse(args[3], CultureInfo.InvariantCulture));
var first = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 0;
var time = TimeProvider.System;

var header = new RunHeader
{
    Id = run,
    Name = "writer",
    Command = "eval",
    Started = time.GetUtcNow(),
    Seed = 1,
    Spec = "name: writer",
    AssayVersion = "0.1.0",
    Environment = "test",
    Resume = first > 0,
};
await using var log = await RunStore.Open(path, time).BeginAsync(header, default);
for (var i = first; i < count; i++)
{
    var record = new Record { Id = $"{i}", Stage = "evaluate", Model = run, Output = new string('x', 200), Outcome = Outcome.Ok };
    await log.AppendAsync(record, default);
    Console.WriteLine(i);
    if (pause > TimeSpan.Zero)
    {
        await Task.Delay(pause);
    }
}

await log.CompleteAsync(new RunCompletion(RunState.Done, null, time.GetUtcNow(), null), default);
