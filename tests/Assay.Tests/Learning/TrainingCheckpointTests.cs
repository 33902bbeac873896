using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;

namespace Assay.Tests.Learning;

public sealed class TrainingCheckpointTests : IDisposable
{
    static readonly ImmutableSortedDictionary<string, string> _settings = ImmutableSortedDictionary<string, string>.Empty.Add("seed", "1").Add("model", "a");

    readonly string _folder = Directory.CreateTempSubdirectory("assay").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Folds_that_are_there_are_not_trained_again_and_give_the_same_bits()
    {
        var table = Flowers.Table();
        var splits = KFold.Split(table.RowCount, 3, 1);
        var plain = await CrossValidation.RunAsync(table, splits, Flowers.Training, 1, null, Token);
        using (var checkpoint = Open(resume: false))
        {
            await CrossValidation.RunAsync(table, splits[..2], Flowers.Training with { Checkpoint = checkpoint }, 1, null, Token);
        }

        using var resumed = Open(resume: true);
        Assert.Equal(2, resumed.Found);

        var folds = await CrossValidation.RunAsync(table, splits, Flowers.Training with { Checkpoint = resumed }, 1, null, Token);
        Assert.All(plain.Zip(folds), pair => Assert.Equal(pair.First.Predictions, pair.Second.Predictions));
        Assert.All(plain.Zip(folds), pair => Assert.Equal(pair.First.Training.History.Epochs, pair.Second.Training.History.Epochs));
    }

    [Fact]
    public void Without_resume_what_was_there_is_thrown_away()
    {
        Open(resume: false).Dispose();
        File.WriteAllText(Path.Combine(_folder, "fold-1.assay"), "old");
        using var checkpoint = Open(resume: false);
        Assert.Equal(0, checkpoint.Found);
        Assert.False(File.Exists(Path.Combine(_folder, "fold-1.assay")));
    }

    [Fact]
    public void Other_settings_are_refused_by_name()
    {
        Open(resume: false).Dispose();
        var message = Assert.Throws<UserErrorException>(() => TrainingCheckpoint.Open(_folder, _settings.SetItem("model", "b"), resume: true)).Message;
        Assert.Contains("model = a, now it is b", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_at_once_are_refused()
    {
        using var first = Open(resume: false);
        Assert.Contains("cannot be used", Assert.Throws<UserErrorException>(() => Open(resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_a_user_error()
    {
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(path, "");
        Assert.Throws<UserErrorException>(() => TrainingCheckpoint.Open(path, _settings, resume: false));
    }

    TrainingCheckpoint Open(bool resume) => TrainingCheckpoint.Open(_folder, _settings, resume);
}
