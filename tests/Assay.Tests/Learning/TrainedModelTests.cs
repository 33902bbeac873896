using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Data;
using Assay.Learning;

namespace Assay.Tests.Learning;

public sealed class TrainedModelTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("assay").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Path => System.IO.Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_loaded_model_predicts_the_same_bits()
    {
        var table = Flowers.Table();
        var model = Save(Flowers.Training with { Name = "flowers" });
        var loaded = TrainedModel.Load(Path);
        Assert.Equal(await model.PredictAsync(table, Token), await loaded.PredictAsync(table, Token));
        Assert.Equal("flowers", loaded.Name);
        Assert.Equal(model.Classes, loaded.Classes);
        Assert.Equal(model.Inputs, loaded.Inputs);
        Assert.Equal(model.ParameterCount, loaded.ParameterCount);
        Assert.Equal([Path], Directory.GetFiles(_folder));

        var first = File.ReadAllBytes(Path);
        loaded.Save(Path);
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    // The layout of https://github.com/huggingface/safetensors, read without our reader.
    [Fact]
    public void The_file_is_a_safetensors_file()
    {
        Save(Flowers.Training);
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!;
        Assert.Equal(0, length % 8);
        Assert.Equal("assay-model", (string?)header["__metadata__"]!["format"]);
        Assert.Equal("2", (string?)header["__metadata__"]!["version"]);
        Assert.Equal("[4,12]", header["0.kernel"]!["shape"]!.ToJsonString());
        Assert.Equal("F32", (string?)header["1.bias"]!["dtype"]);
        Assert.Equal(bytes.Length - 8 - length, (int)header["1.bias"]!["data_offsets"]![1]!);
        Assert.Equal(4 * ((5 * 12) + (13 * 3)), bytes.Length - 8 - length);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_user_error()
    {
        Save(Flowers.Training);
        var whole = File.ReadAllBytes(Path);
        foreach (var length in new[] { 0, 5, 8, 60, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(Path, whole[..length]);
            Refused("no whole model");
        }
    }

    [Fact]
    public void A_changed_header_is_a_user_error()
    {
        Save(Flowers.Training);
        var whole = File.ReadAllBytes(Path);
        foreach (var (found, put, message) in new[]
        {
            ("\"version\":\"2\"", "\"version\":\"1\"", "Train it again"), ("\"version\":\"2\"", "\"version\":\"3\"", "has version 3"), ("assay-model", "other-model", "one of Assay"), ("\"F32\"", "\"F64\"", "float32"),
            ("0.kernel", "9.kernel", "no whole model"), ("[4,12]", "[3,16]", "no whole model"), ("relu", "rely", "no whole model"),
            ("\"shape\":[4,12]", "\"shape\":[-4,2]", "no whole model"),
        })
        {
            File.WriteAllBytes(Path, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace(found, put, StringComparison.Ordinal)));
            Refused(message);
        }
    }

    [Fact]
    public void A_file_that_is_absent_or_no_model_is_a_user_error()
    {
        Refused("cannot be read");
        File.WriteAllText(Path, "id,species\n1,setosa\n");
        Refused("no whole model");
        var model = Trainer.Fit(Flowers.Table(), Flowers.Training, null, Token).Model;
        Assert.Throws<UserErrorException>(() => model.Save(System.IO.Path.Combine(_folder, "absent", "model")));
    }

    [Fact]
    public void Rows_in_any_number_and_column_order_get_the_same_bits()
    {
        var table = Flowers.Table(9000);
        var model = Trainer.Fit(Flowers.Table(), Flowers.Training, null, Token).Model;
        var all = model.Predict(table, Token);
        Assert.Equal(all[(3 * 4090)..(3 * 4100)], model.Predict(table.Select([.. Enumerable.Range(4090, 10)]), Token));
        Assert.Equal(all[..3], model.Predict(new Table([.. table.Select([0]).Columns.Reverse()]), Token));
        Assert.Empty(model.Predict(table.Select([]), Token));
    }

    [Fact]
    public void Absent_columns_and_cancelling_end_a_prediction()
    {
        var model = Trainer.Fit(Flowers.Table(), Flowers.Training, null, Token).Model;
        Assert.Contains("'width'", Assert.Throws<UserErrorException>(() => model.Predict(Flowers.Table().Without(["width"]), Token)).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => model.Predict(Flowers.Table(), new CancellationToken(true)));
    }

    TrainedModel Save(TrainingOptions options)
    {
        var model = Trainer.Fit(Flowers.Table(), options, null, Token).Model;
        model.Save(Path);
        return model;
    }

    void Refused(string part)
    {
        var message = Assert.Throws<UserErrorException>(() => TrainedModel.Load(Path)).Message;
        Assert.StartsWith(Path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
