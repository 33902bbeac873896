using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Results;
using Assay.Results.Interchange;
using Assay.Tests.EndToEnd;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results.Interchange;

public sealed class CsvRecordsTests
{
    [Fact]
    public async Task What_was_written_reads_back_as_the_same_records()
    {
        Record[] records =
        [
            new() { Id = "007", Stage = "evaluate", Task = "t", Model = "m", Filter = "none", Input = " a, \"b\"\nc ", Target = "NA", Output = "é;|\t😀", Answer = "#1", Outcome = Outcome.Ok, Scores = new Dictionary<string, double> { ["exact_match"] = 0, ["f1"] = 0.1 + 0.2 } },
            new()
            {
                Id = "8", Stage = "service", Task = "t", Model = "m", Filter = "none", Input = JsonNode.Parse("""[{"role": "user", "content": "x"}]"""), Target = null, Output = null, Answer = null, Outcome = Outcome.NeverSent, Reason = "a\r\nb",
                Fold = 2, Repeat = 3, Cluster = "c", Seconds = 1.5e-3, InputTokens = 10, OutputTokens = 0, Cost = 1e-6, Reasoning = "r", Tags = new Dictionary<string, string> { ["language"] = "中文" },
            },
        ];
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "records.csv");
        await using (var file = File.Create(path))
        {
            await CsvRecords.WriteAsync(records.ToAsyncEnumerable(), file, TestContext.Current.CancellationToken);
        }

        var back = LogImport.Open([path]).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList();
        Assert.Equal(records.Select(RecordJson.Serialize), back.Select(RecordJson.Serialize));
    }

    [Fact]
    public void Columns_of_any_name_are_taken_by_their_mapping()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("answers.csv", "question;gold;said;right;lang\n1+1?;2;2;true;en\n2+2?;4;5;false;de\n3+3?;6;;;de\n");
        var columns = new CsvLogColumns
        {
            Keys = new Dictionary<string, string> { ["input"] = "question", ["target"] = "gold", ["output"] = "said" },
            Scores = ["right"],
            Tags = ["lang"],
            Model = "mine",
        };
        var records = LogImport.Open([path], columns: columns).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList();
        Assert.Equal([("1", "1+1?", "2", "2", "en"), ("2", "2+2?", "4", "5", "de"), ("3", "3+3?", "6", null, "de")], records.Select(record => (record.Id, (string?)record.Input, record.Target, record.Output, record.Tags!["lang"])));
        Assert.Equal([1, 0], records.SelectMany(record => record.Scores.Values));
        Assert.All(records, record => Assert.Equal(("answers", "mine", "none", "evaluate"), (record.Task, record.Model, record.Filter, record.Stage)));
    }

    [Theory]
    [InlineData("right", "target", "gold", "x", "right is 'x'. Expected a number, true or false, or nothing")]
    [InlineData("rihgt", "target", "gold", "1", "there is no column 'rihgt'. Did you mean 'right'?")]
    [InlineData("right", "targt", "gold", "1", "'targt' is no key of a record. Did you mean 'target'?")]
    public void A_wrong_cell_or_name_is_told_with_its_place(string score, string key, string column, string cell, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("answers.csv", $"question,gold,right\na,b,1\na,b,{cell}\n");
        var columns = new CsvLogColumns { Keys = new Dictionary<string, string> { [key] = column }, Scores = [score] };
        var error = Assert.Throws<UserErrorException>(() => LogImport.Open([path], columns: columns).Records.ToBlockingEnumerable(TestContext.Current.CancellationToken).ToList());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
