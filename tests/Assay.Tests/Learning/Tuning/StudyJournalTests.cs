using Assay.Learning.Tuning;
using Assay.StoreWriter;

namespace Assay.Tests.Learning.Tuning;

public sealed class StudyJournalTests : IDisposable
{
    static readonly StudyOptions _options = SampleStudy.Options with { Trials = 12, Window = 2 };

    readonly string _folder = Directory.CreateTempSubdirectory("assay-journal-").FullName;

    string Journal => Path.Combine(_folder, "study.jsonl");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_journal_changes_nothing_and_holds_a_line_an_event()
    {
        var study = await Study.RunAsync(_options, Objective(), 1, Journal, null, Token);
        Assert.Equal(SampleStudy.Describe(await Study.RunAsync(_options, Objective(), 1, null, null, Token)), SampleStudy.Describe(study));
        var lines = File.ReadAllLines(Journal);
        Assert.StartsWith("{\"journal\":\"assay study\",\"version\":1,\"subject\":\"sample\",\"seed\":12,\"direction\":\"minimise\",\"window\":2,\"sampler\":{\"name\":\"tpe\"", lines[0], StringComparison.Ordinal);
        Assert.Equal("{\"event\":\"started\",\"trial\":0,\"parameters\":{\"kind\":\"line\",\"n\":8,\"x\":1.5}}", lines[1]);
        Assert.StartsWith("{\"event\":\"reported\",\"trial\":0,\"step\":1,\"value\":", lines[2], StringComparison.Ordinal);
        Assert.Contains("{\"event\":\"ended\",\"trial\":7,\"state\":\"failed\",\"value\":null,\"reason\":\"there is nothing to learn\"}", lines);
        Assert.Equal(12, lines.Count(line => line.Contains("\"ended\"", StringComparison.Ordinal)));
    }

    // A process may be killed after any byte that it has written.
    [Fact]
    public async Task Cut_off_anywhere_it_goes_on_to_the_same_end()
    {
        var expected = SampleStudy.Describe(await Run(_options));
        var whole = File.ReadAllBytes(Journal);
        for (var length = 0; length < whole.Length; length += length < 1200 ? 97 : 41)
        {
            File.WriteAllBytes(Journal, whole[..length]);
            Assert.Equal(expected, SampleStudy.Describe(await Run(_options)));
            Assert.All(File.ReadAllLines(Journal), line => Assert.True(line.StartsWith('{') && line.EndsWith('}')));
        }
    }

    [Fact]
    public async Task What_has_ended_is_not_tried_again()
    {
        var expected = await Run(_options);
        var tried = 0;
        var again = await Study.RunAsync(_options, (_, _) => ValueTask.FromResult((double)Interlocked.Increment(ref tried)), 2, Journal, null, Token);
        Assert.Equal((0, SampleStudy.Describe(expected)), (tried, SampleStudy.Describe(again)));
        var more = await Run(_options with { Trials = 20 });
        Assert.Equal(SampleStudy.Describe(expected), string.Join('\n', SampleStudy.Describe(more).Split('\n').Take(12)));
        Assert.Equal(SampleStudy.Describe(await Study.RunAsync(_options with { Trials = 20 }, Objective(), 1, null, null, Token)), SampleStudy.Describe(more));
    }

    [Fact]
    public async Task A_torn_line_that_has_its_end_is_cut_off_too()
    {
        var expected = SampleStudy.Describe(await Run(_options));
        File.AppendAllText(Journal, "{\"event\":\"star\0\0\n");
        Assert.Equal(expected, SampleStudy.Describe(await Run(_options)));
        Assert.DoesNotContain('\0', File.ReadAllText(Journal));
    }

    public static TheoryData<string, StudyOptions> Others => new()
    {
        { "its seed is 12, that of this study is 13", _options with { Seed = 13 } },
        { "its subject is \"sample\", that of this study is \"other\"", _options with { Subject = "other" } },
        { "its window is 2, that of this study is 3", _options with { Window = 3 } },
        { "its direction is \"minimise\", that of this study is \"maximise\"", _options with { Direction = Direction.Maximise } },
        { "its sampler.name is \"tpe\", that of this study is \"random\"", _options with { Sampler = new RandomSampler() } },
        { "its pruner.startup_trials is 4, that of this study is 5", _options with { Pruner = new MedianPruner() } },
        { "its space[1].high is 2, that of this study is 3", _options with { Space = new([.. _options.Space.Parameters.Select(p => p is Uniform u ? u with { High = 3 } : p)]) } },
        { "its default is ", _options with { Default = null } },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public async Task The_journal_of_another_study_is_refused(string difference, StudyOptions other)
    {
        await Run(_options with { Trials = 1 });
        var before = File.ReadAllBytes(Journal);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(other));
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Journal));
    }

    [Theory]
    [InlineData("my notes")]
    [InlineData("my notes\n")]
    [InlineData("{\"a\":1}\n{\"b\":2}\n")]
    public async Task A_file_that_is_no_journal_is_left_alone(string text)
    {
        File.WriteAllText(Journal, text);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(_options));
        Assert.Contains("is not the journal of a study", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Journal));
    }

    [Theory]
    [InlineData("not json", "it is not a JSON object")]
    [InlineData("{\"event\":\"born\",\"trial\":0}", "there is no event 'born'")]
    [InlineData("{\"event\":\"ended\",\"trial\":0}", "it has no 'state'")]
    [InlineData("{\"event\":\"started\"}", "it has no 'trial'")]
    public async Task A_damaged_line_within_is_refused(string line, string reason)
    {
        await Run(_options with { Trials = 2 });
        var lines = File.ReadAllLines(Journal).ToList();
        lines.Insert(2, line);
        File.WriteAllLines(Journal, lines);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(_options));
        Assert.Contains($"study.jsonl:3: the line is damaged: {reason}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_with_other_parameters_is_refused()
    {
        await Run(_options with { Trials = 2 });
        File.WriteAllText(Journal, File.ReadAllText(Journal).Replace("\"parameters\":{\"kind\":\"line\",\"n\":8,\"x\":1.5}", "\"parameters\":{\"kind\":\"line\",\"n\":9,\"x\":1.5}", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(_options));
        Assert.Contains("Trial 0 of the journal", error.Message, StringComparison.Ordinal);
        Assert.Contains("has other parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_studies_do_not_share_a_journal()
    {
        var study = await Study.RunAsync(
            _options with { Trials = 1 }, async (_, token) => (await Study.RunAsync(_options, Objective(), 1, Journal, null, token)).Best!.Value, 1, Journal, null, Token);
        Assert.Contains("cannot be opened", study.Trials[0].Reason, StringComparison.Ordinal);
        Assert.Contains("another process", study.Trials[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Study.RunAsync(_options, Objective(), 1, Path.Combine(_folder, "none", "study.jsonl"), null, Token));
        Assert.Contains("cannot be opened", error.Message, StringComparison.Ordinal);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Objective Objective() => SampleStudy.Objective(_ => Task.CompletedTask);

    Task<StudyResult> Run(StudyOptions options) => Study.RunAsync(options, Objective(), 2, Journal, null, Token);
}
