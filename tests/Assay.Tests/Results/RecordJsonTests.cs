using System.Text;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Results;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results;

public class RecordJsonTests
{
    static readonly Record _bare = new() { Id = "7", Stage = "evaluate", Model = "sequential", Outcome = Outcome.Ok };

    [Fact]
    public void Nulls_are_left_out_except_id_target_output_and_answer()
    {
        Assert.Equal(
            """{"id":"7","stage":"evaluate","model":"sequential","target":null,"output":null,"answer":null,"outcome":"ok","scores":{}}""",
            RecordJson.Serialize(_bare));
    }

    [Fact]
    public void Every_member_has_its_snake_case_key()
    {
        var record = new Record
        {
            Id = "7",
            Stage = "evaluate",
            Task = "gsm8k",
            Model = "m",
            Filter = "strict-match",
            Fold = 2,
            Input = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "2+2?" }),
            Target = "4",
            Output = "It is 4",
            Answer = "4",
            Outcome = Outcome.WrongFormat,
            Scores = new Dictionary<string, double> { ["exact_match"] = 1, ["logLoss"] = 0.1 },
            Probabilities = [0.1f, 0.9f],
            Tags = new Dictionary<string, string> { ["Level"] = "easy" },
            Reason = "no number",
        };
        Assert.Equal(
            """{"id":"7","stage":"evaluate","task":"gsm8k","model":"m","filter":"strict-match","fold":2,"input":[{"role":"user","content":"2+2?"}],"""
            + """ "target":"4","output":"It is 4","answer":"4","outcome":"wrong_format","scores":{"exact_match":1,"logLoss":0.1},"""[1..]
            + """ "probabilities":[0.1,0.9],"tags":{"Level":"easy"},"reason":"no number"}"""[1..],
            RecordJson.Serialize(record));
    }

    // A member that was added to the record and not to its JSON would be lost.
    [Fact]
    public void Every_member_comes_back()
    {
        var record = _bare with
        {
            Task = "t",
            Filter = "f",
            Fold = 1,
            Repeat = 2,
            Input = "in",
            Target = "x",
            Output = "out",
            Reasoning = "because",
            Answer = "y",
            Outcome = Outcome.Truncated,
            Scores = new Dictionary<string, double> { ["acc"] = 0.5 },
            Probabilities = [0.25f],
            Tags = new Dictionary<string, string> { ["a"] = "b" },
            Reason = "why",
            Cluster = "c",
            Seconds = 1.5,
            InputTokens = 3,
            OutputTokens = 4,
            Cost = 0.125,
        };
        var back = RecordJson.Parse(RecordJson.Serialize(record));
        foreach (var property in typeof(Record).GetProperties())
        {
            Assert.NotNull(property.GetValue(record));
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(property.GetValue(record)), System.Text.Json.JsonSerializer.Serialize(property.GetValue(back)));
        }
    }

    [Fact]
    public void Without_texts_the_large_members_are_null_and_the_others_there()
    {
        var light = RecordJson.ParseWithoutTexts("""{"id":"7","stage":"evaluate","model":"m","input":{"deep":[1,{"id":"8"}]},"output":"o","reasoning":"r","probabilities":[1],"answer":"a","outcome":"ok","scores":{"acc":1}}"""u8);
        Assert.Equal(("7", "a", 1), (light.Id, light.Answer, light.Scores["acc"]));
        Assert.Equal((null, null, null, null), (light.Input, light.Output, light.Reasoning, light.Probabilities));
    }

    [Theory]
    [InlineData(Outcome.Ok, "ok")]
    [InlineData(Outcome.WrongFormat, "wrong_format")]
    [InlineData(Outcome.Refused, "refused")]
    [InlineData(Outcome.Truncated, "truncated")]
    [InlineData(Outcome.Error, "error")]
    [InlineData(Outcome.Timeout, "timeout")]
    [InlineData(Outcome.NeverSent, "never_sent")]
    public void An_outcome_is_snake_case_text(Outcome outcome, string text)
    {
        var json = RecordJson.Serialize(_bare with { Outcome = outcome });
        Assert.Contains($"\"outcome\":\"{text}\"", json, StringComparison.Ordinal);
        Assert.Equal(outcome, RecordJson.Parse(json).Outcome);
    }

    [Theory]
    [InlineData("它等于四。")]
    [InlineData("\"quoted\" \\ / 'single' <b>&amp;</b>")]
    [InlineData("line\r\nfeed\ttab \0 \u0001 \u001f \u007f \u0085 \u2028 \u2029 \ufeff")]
    [InlineData("😀 𠮷 e\u0301")]
    [InlineData("")]
    public void Any_text_comes_back_as_it_was_and_stays_on_one_line(string text)
    {
        var record = _bare with
        {
            Id = text,
            Input = JsonValue.Create(text),
            Output = text,
            Tags = new Dictionary<string, string> { [text] = text },
            Scores = new Dictionary<string, double> { [text] = 1 },
        };
        var json = RecordJson.Serialize(record);
        var back = RecordJson.Parse(json);
        Assert.DoesNotContain('\n', json);
        Assert.Equal((text, text, text, text), (back.Id, back.Output, back.Input!.GetValue<string>(), back.Tags![text]));
        Assert.Equal(1, back.Scores[text]);
        Assert.Equal(json, RecordJson.Serialize(back));
    }

    [Fact]
    public void Chinese_text_is_readable_in_the_line() =>
        Assert.Contains("\"它等于四。\"", RecordJson.Serialize(_bare with { Output = "它等于四。" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDBFF)]
    [InlineData(0xDC00)]
    public void A_lone_surrogate_becomes_the_replacement_character(int unit)
    {
        var text = $"{(char)unit}a{(char)unit}";
        var back = RecordJson.Parse(RecordJson.Serialize(_bare with { Id = text, Output = text, Input = JsonValue.Create(text) }));
        Assert.Equal(("\ufffda\ufffd", "\ufffda\ufffd", "\ufffda\ufffd"), (back.Id, back.Output, back.Input!.GetValue<string>()));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_null_and_reads_back_as_NaN()
    {
        var record = _bare with
        {
            Scores = new Dictionary<string, double> { ["a"] = double.NaN, ["b"] = double.NegativeInfinity },
            Probabilities = [float.NaN, 0.5f],
        };
        var json = RecordJson.Serialize(record);
        Assert.Contains("\"scores\":{\"a\":null,\"b\":null},\"probabilities\":[null,0.5]", json, StringComparison.Ordinal);
        var back = RecordJson.Parse(json);
        Assert.Equal([double.NaN, double.NaN], back.Scores.Values);
        Assert.Equal([float.NaN, 0.5f], back.Probabilities);
    }

    [Fact]
    public void Every_finite_number_comes_back_to_the_bit()
    {
        var random = new SeededRandom(3);
        var bits = Enumerable.Range(0, 2_000).Select(_ => random.NextUInt64()).ToArray();
        double[] scores = [.. bits.Select(BitConverter.UInt64BitsToDouble).Where(double.IsFinite), double.Epsilon, double.MaxValue, -0.0];
        float[] probabilities = [.. bits.Select(b => BitConverter.UInt32BitsToSingle((uint)b)).Where(float.IsFinite), float.Epsilon, float.MaxValue];
        var back = RecordJson.Parse(RecordJson.Serialize(_bare with
        {
            Scores = scores.Index().ToDictionary(pair => $"{pair.Index}", pair => pair.Item),
            Probabilities = probabilities,
        }));
        Assert.Equal(scores.Select(BitConverter.DoubleToUInt64Bits), back.Scores.Values.Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(probabilities.Select(BitConverter.SingleToUInt32Bits), back.Probabilities!.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void A_deep_input_comes_back()
    {
        JsonNode input = JsonValue.Create(1);
        for (var i = 0; i < 200; i++)
        {
            input = new JsonArray(input);
        }

        var json = RecordJson.Serialize(_bare with { Input = input });
        Assert.Equal(json, RecordJson.Serialize(RecordJson.Parse(json)));
    }

    [Fact]
    public void Missing_scores_are_none_and_unknown_keys_are_ignored()
    {
        var record = RecordJson.Parse("""{"id":"7","stage":"evaluate","model":"m","outcome":"ok","cost":1}""");
        Assert.Empty(record.Scores);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"7\"")]
    [InlineData("{\"id\":\"7\"}")]
    [InlineData("{\"id\":\"7\",\"stage\":\"evaluate\",\"model\":\"m\",\"outcome\":\"fine\"}")]
    [InlineData("{\"id\":\"7\",\"stage\":\"evaluate\",\"model\":\"m\",\"outcome\":2}")]
    [InlineData("{\"id\":null,\"stage\":\"evaluate\",\"model\":\"m\",\"outcome\":\"ok\"}")]
    public void What_is_not_a_record_is_the_users_error(string line) =>
        Assert.Contains("is not a record", Assert.Throws<UserErrorException>(() => RecordJson.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Lines_are_utf8_and_each_ends_with_a_line_feed()
    {
        using var stream = new MemoryStream();
        var records = new[] { _bare with { Output = "四\n" }, _bare with { Id = "8" } };
        await RecordJson.WriteLinesAsync(records.ToAsyncEnumerable(), stream, TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(records.Select(r => RecordJson.Serialize(r) + "\n")), Encoding.UTF8.GetString(stream.ToArray()));
    }
}
