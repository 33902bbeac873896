using Assay.Data;
using Assay.Learning.Networks;
using Assay.Load;
using Assay.Models;
using Assay.Running;

namespace Assay.Tests.Running;

public class SpecReaderTests
{
    static readonly string _quickstart = File.ReadAllText(Repository.PathOf("samples", "quickstart", "quickstart.yaml"));

    [Fact]
    public void The_quickstart_spec_reads_as_written()
    {
        var spec = Read(_quickstart).Spec!;
        Assert.Equal("quickstart", spec.Name);
        Assert.Equal(7UL, spec.Seed);
        Assert.Equal("defaulted", spec.Data!.Target);
        Assert.Equal("yes", spec.Data.Positive);
        Assert.Equal([typeof(Impute), typeof(Standardize), typeof(OneHot)], spec.Prepare.Select(step => step.GetType()));
        Assert.Equal((0.25, 5, true), (spec.Method.TestShare, spec.Method.Folds, spec.Method.Stratify));
        Assert.Equal([32, 16, 1], ((SequentialOptions)spec.Model!).Layers.OfType<Dense>().Select(layer => layer.Units));
        Assert.Equal(new Adam(0.001), ((SequentialOptions)spec.Model).Optimizer);
        Assert.Equal(new PoissonArrivals(200), spec.Loads[0].Options.Arrivals);
        Assert.Equal(TimeSpan.FromMilliseconds(50), spec.Loads[0].Options.Slo["latency_p99"]);
        Assert.Equal(new ClosedLoop(4), spec.Loads[1].Options.Arrivals);
        Assert.Equal(3, spec.Optimise!.Study.Space.Parameters.Length);
        Assert.Equal(7, spec.Gates.Length);
        Assert.True(spec.Serve && spec.ServeLanguageModels);
        Assert.Equal(new LocalModelOptions { Threads = 1 }, Assert.Single(spec.Models));
        Assert.Equal(["arithmetic", "capitals", "sentiment"], spec.Tasks.Select(task => task.Name));
        Assert.Equal(["digits", "operation"], spec.Tasks[0].Slices);
        Assert.Equal((LoadProtocol.Chat, 32), (spec.Loads[2].Protocol, spec.Loads[2].MaxTokens));
    }

    [Fact]
    public void Without_a_method_a_fifth_is_held_out_and_classes_keep_their_shares()
    {
        var method = Read(Small("")).Spec!.Method;
        Assert.Equal((0.2, null, true), (method.TestShare, method.Folds, method.Stratify));
    }

    [Theory]
    [InlineData("method: {holdout: {test: 1.5}}", 4, "'1.5'", "from 0.001 to 0.999")]
    [InlineData("method: {hold_out: {}}", 4, "'hold_out'", "'holdout'")]
    [InlineData("prepare: [{one_hott: categorical}]", 4, "'one_hott'", "'one_hot'")]
    [InlineData("prepare: [{one_hot: colour}]", 4, "'colour'", "age, income")]
    [InlineData("prepare: [{impute: {strategy: constant}}]", 4, "constant", "'value'")]
    [InlineData("slices: [chanel]", 4, "'chanel'", "'channel'")]
    [InlineData("metrics: [acuracy]", 4, "'acuracy'", "'accuracy'")]
    [InlineData("load: {arrivals: {poisson: 200}, duration: 10s}", 4, "'load'", "'serve'")]
    [InlineData("serve: {protocol: v3}", 4, "'v3'", "'v2'")]
    [InlineData("seed: -1", 4, "'-1'", "from 0")]
    [InlineData("limits: {samples: 5}", 4, "'limits'", "'tasks'")]
    [InlineData("gates: [\"f1.low => 0.5\"]", 4, "f1.low => 0.5", "expected")]
    [InlineData("baseline: {run: last, rum: 1}", 4, "'rum'", "Known here")]
    [InlineData("gates: [\"accuracy not worse than baseline by 0.02\"]", 4, "accuracy not worse than baseline by 0.02", "'baseline: last'")]
    [InlineData("stop: comparison\nbaseline: last", 4, "'stop'", "'tasks'")]
    public void A_mistake_is_a_problem_with_its_line(string line, int at, string found, string expected)
    {
        var problem = Assert.Single(Read(Small(line)).Problems);
        Assert.Equal(at, problem.Line);
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: {cross_validation: {folds: 4, group: channel, stratify: false, seed: 9}}", 4, false, "channel", 1, null)]
    [InlineData("method: {cross_validation: {group: channel}}", 5, true, "channel", 1, null)]
    [InlineData("method: {cross_validation: {folds: 5, repeats: 3}}", 5, true, null, 3, null)]
    [InlineData("method: {shuffle: {splits: 10, test: 0.3}}", 10, true, null, 1, 0.3)]
    [InlineData("method: {shuffle: {stratify: false, group: region}}", 10, false, "region", 1, 0.2)]
    public void Folds_are_read_as_written(string line, int folds, bool stratify, string? group, int repeats, double? drawn)
    {
        var method = Read(Small(line)).Spec!.Method;
        Assert.Equal((null, folds, stratify, group, repeats, drawn), (method.TestShare, method.Folds!.Value, method.Stratify, method.Group, method.Repeats, method.ShuffleShare));
    }

    [Fact]
    public void Folds_in_the_order_of_time_are_read_as_written() => Assert.Equal(
        new TimeSeriesSpec { Folds = 4, Gap = 24, MaxTrain = 1000, TestRows = 100, Column = "age" },
        Read(Small("method: {time_series: {folds: 4, gap: 24, column: age, max_train: 1000, test: 100}}")).Spec!.Method.TimeSeries);

    [Theory]
    [InlineData("method: {cross_validation: {group: chanel}}", "'chanel'", "'channel'")]
    [InlineData("method: {time_series: {folds: 4}, holdout: {}}", "'time_series'", "Take the other out")]
    [InlineData("method: {shuffle: {splits: 1}}", "'1'", "from 2")]
    [InlineData("method: {shuffle: {test: 1}}", "'1'", "0.999")]
    [InlineData("method: {shuffle: {}, cross_validation: {}}", "'shuffle'", "Take one of them out")]
    [InlineData("method: {cross_validation: {repeats: 0}}", "'0'", "from 1")]
    [InlineData("method: {cross_validation: {repeats: 2, group: channel, stratify: false}}", "repeats", "the same each time")]
    [InlineData("prepare: [{clip: {columns: [age]}}]", "neither 'low' nor 'high'", "low: 0")]
    [InlineData("prepare: [clip]", "without its settings", "clip:")]
    [InlineData("prepare: [{clip: {columns: [age], low: 5, high: 1}}]", "low 5 and high 1", "low below high")]
    [InlineData("prepare: [{min_max: {columns: [agee]}}]", "'agee'", "'age'")]
    [InlineData("prepare: [{quantile: {output: gaussian}}]", "'gaussian'", "normal")]
    [InlineData("prepare: [{one_hot: {unknown: drop}}]", "'drop'", "ignore")]
    [InlineData("prepare: [{date_parts: {columns: [age], parts: [yaer]}}]", "'yaer'", "'year'")]
    public void A_mistake_in_a_step_or_a_method_is_a_problem(string line, string found, string expected)
    {
        var problem = Assert.Single(Read(Small(line)).Problems);
        Assert.Equal(4, problem.Line);
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_is_read_with_its_settings()
    {
        var steps = Read(Small("""
            prepare:
              - drop_duplicates
              - {drop_missing: [age]}
              - {impute: {columns: [age], strategy: constant, value: 0, indicator: true}}
              - {min_max: {columns: [age], low: -1, high: 1}}
              - {robust: [income]}
              - {quantile: {columns: numeric, quantiles: 50, output: normal}}
              - {log: [income]}
              - {clip: {columns: [age], low: 0, high: 120}}
              - {ordinal: {columns: [channel], unknown: -2}}
              - {one_hot: {columns: [region], min_frequency: 10, max_categories: 20, unknown: rare}}
              - {date_parts: {columns: [age], parts: [year, day_of_week]}}
            """)).Spec!.Prepare;
        Assert.Equal(
            [typeof(DropDuplicates), typeof(DropMissing), typeof(Impute), typeof(MinMax), typeof(RobustScale), typeof(QuantileScale), typeof(LogScale), typeof(Clip), typeof(Ordinal), typeof(OneHot), typeof(DateParts)],
            steps.Select(step => step.GetType()));
        Assert.Equal((ImputeStrategy.Constant, true), (((Impute)steps[2]).Strategy, ((Impute)steps[2]).Indicator));
        Assert.Equal((-1, 1), (((MinMax)steps[3]).Low, ((MinMax)steps[3]).High));
        Assert.Equal((0, 120), (((Clip)steps[7]).Low, ((Clip)steps[7]).High));
        Assert.Equal((10, 20, UnknownCategory.Rare), (((OneHot)steps[9]).MinFrequency, ((OneHot)steps[9]).MaxCategories, ((OneHot)steps[9]).Unknown));
        Assert.Equal([DatePart.Year, DatePart.DayOfWeek], ((DateParts)steps[10]).Parts);
    }

    [Fact]
    public void A_load_profile_without_an_end_or_a_shape_is_two_problems()
    {
        var problems = Read(Small("serve: v2\nload: {slo: {latency_p99: 50ms}}")).Problems;
        Assert.Equal(2, problems.Length);
        Assert.All(problems, problem => Assert.Equal(5, problem.Line));
    }

    [Fact]
    public void A_network_that_does_not_fit_its_loss_is_found_before_the_data_is_read()
    {
        var yaml = Small("").Replace("{dense: {units: 1, activation: sigmoid}}", "{dense: {units: 2, activation: relu}}", StringComparison.Ordinal);
        Assert.Contains("1 sigmoid", Assert.Single(Read(yaml).Problems).Message, StringComparison.Ordinal);
    }

    // Each of these would look like two or three mistakes if what follows from the first one were told as well.
    [Theory]
    [InlineData("activation: sigmoid", "activation: sigmoidd")]
    [InlineData("units: 1,", "units: one,")]
    [InlineData("path: loans.csv", "path: lones.csv")]
    [InlineData("target: defaulted", "target: default")]
    public void One_mistake_is_one_problem(string right, string wrong) =>
        Assert.Single(Read(Small("gates: [\"accuracy >= 0.5\"]").Replace(right, wrong, StringComparison.Ordinal)).Problems);

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: [1, 2")]
    [InlineData("name: x\nname: y\n")]
    [InlineData("---\na: 1\n---\nb: 2\n")]
    [InlineData("? [complex, key]\n: 1\n")]
    [InlineData("&a a: *a\n")]
    public void What_is_no_spec_is_a_problem_and_never_an_exception(string yaml)
    {
        var reading = Read(yaml);
        Assert.Null(reading.Spec);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, problem => Assert.True(problem.Line >= 1));
    }

    // Any spec with characters lost or doubled is read or refused, and the refusal names lines of the file.
    [Fact]
    public void A_mangled_spec_never_throws()
    {
        var random = new SeededRandom(20261122);
        for (var round = 0; round < 500; round++)
        {
            var text = _quickstart;
            for (var cut = 0; cut < 3; cut++)
            {
                var at = random.Next(text.Length);
                text = random.Next(2) == 0 ? text.Remove(at, Math.Min(1 + random.Next(12), text.Length - at)) : text.Insert(at, text[at..Math.Min(text.Length, at + 3)]);
            }

            var reading = Read(text);
            Assert.True(reading.Spec is not null || reading.Problems.Length > 0, text);
        }
    }

    [Theory]
    [InlineData("model: {local: nowhere}", 3, "'nowhere'", "no such folder")]
    [InlineData("model: local", 3, "without a model", "local: tiny")]
    [InlineData("model: {local: {path: tiny, api: talk}}", 3, "'talk'", "completions, chat")]
    [InlineData("model: {openai: {model: m}}", 3, "'base_url'", "Add")]
    [InlineData("model: {openai: {base_url: here, model: m}}", 3, "'here'", "http://")]
    [InlineData("model: {local: tiny}\nload: {protocol: chat, concurrency: 1, requests: 1}", 4, "'load' needs 'serve'", "served")]
    [InlineData("model: {local: tiny}\nserve: v2", 4, "'serve' by v2 needs 'data'", "openai")]
    [InlineData("model: {local: tiny}\nserve: openai\nload: {concurrency: 1, requests: 1}", 5, "served by v2", "protocol")]
    [InlineData("model: {replay: {path: capitals.jsonl, output: capital}}\nserve: openai", 4, "by openai needs a language model", "local: tiny")]
    [InlineData("model: {local: tiny}\nlimits: {concurrency: 0}", 4, "'0'", "from 1")]
    public void Mistakes_about_language_models_are_told_with_their_line(string text, int line, params string[] words)
    {
        var problem = Assert.Single(Read($"name: x\ntasks: [capitals.yaml]\n{text}\n").Problems);
        Assert.Equal(line, problem.Line);
        Assert.All(words, word => Assert.Contains(word, problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_is_read_with_its_form_and_the_name_of_the_keys_variable()
    {
        var spec = Read("name: x\ntasks: [{path: capitals.yaml}]\nmodels: {a: {openai: {base_url: 'http://127.0.0.1:8000/v1', model: m, api: chat, api_key_env: KEY, stream: true, timeout: 5s}}}\nlimits: {samples: 5, concurrency: 2}\n").Spec!;
        Assert.Equal(
            new OpenAIModelOptions
            {
                BaseAddress = new Uri("http://127.0.0.1:8000/v1"),
                Model = "m",
                Name = "a",
                Form = PromptForm.Chat,
                ApiKeyVariable = "KEY",
                Stream = true,
                Timeout = TimeSpan.FromSeconds(5),
            },
            Assert.Single(spec.Models));
        Assert.Equal((5, 2), (spec.SampleLimit, spec.Concurrency));
    }

    static SpecReading Read(string yaml)
    {
        var folder = Repository.PathOf("samples", "quickstart");
        return SpecReader.Read(yaml, "spec.yaml", folder, folder);
    }

    static string Small(string line) => $$$"""
        name: small
        data: {path: loans.csv, target: defaulted}
        model: {sequential: {layers: [{dense: {units: 1, activation: sigmoid}}]}}
        {{{line}}}

        """;
}
