using System.Buffers.Binary;
using System.Text;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public sealed class WeightFileTests : IDisposable
{
    const string Two = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";

    readonly string _folder = Directory.CreateTempSubdirectory("assay").FullName;

    string File => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Tensors_are_found_where_the_header_says()
    {
        Write(File, Two, 12);
        using var weights = WeightFile.Open(File);
        var tensor = weights.Find("a", 2, 2);
        Assert.Equal((WeightType.F16, "a"), (tensor.Type, tensor.Name));
        Assert.Equal("0001020304050607", Convert.ToHexString(tensor.Bytes));
        Assert.Equal("08090A0B", Convert.ToHexString(weights.Find("b").Bytes));
        Assert.True(weights.Contains("b"));
        Assert.False(weights.Contains("c"));
        Assert.Equal(["a", "b"], weights.TensorNames.Order());
    }

    [Fact]
    public void A_sharded_model_is_one()
    {
        Write(Path.Combine(_folder, "1.safetensors"), """{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}""", 2);
        Write(Path.Combine(_folder, "2.safetensors"), """{"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4);
        var index = Path.Combine(_folder, "model.safetensors.index.json");
        System.IO.File.WriteAllText(index, """{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");
        using (var weights = WeightFile.Open(index))
        {
            Assert.Equal((2, 4), (weights.Find("a").Bytes.Length, weights.Find("b").Bytes.Length));
        }

        System.IO.File.WriteAllText(index, """{"weight_map":{"a":"../1.safetensors"}}""");
        Refused(index, "names the file '../1.safetensors'");
        System.IO.File.WriteAllText(index, """{"weight_map":{"a":"3.safetensors"}}""");
        Refused(index, "3.safetensors: the weights cannot be read");
        System.IO.File.WriteAllText(index, "{}");
        Refused(index, "'weight_map' is missing");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "the tensors 'a' and 'b' overlap")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,14]}}""", "12 bytes of data, 14 expected")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,6]}}""", "needs 8 bytes and has 6")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", "and has 8")]
    [InlineData("""{"a":{"dtype":"F16","shape":[-2,-2],"data_offsets":[0,8]}}""", "has the size -2")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[8,0]}}""", "no range of bytes")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0.5,8]}}""", "no whole number")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2,2]}}""", "not that of a safetensors file")]
    [InlineData("""{"a":7}""", "not that of a safetensors file")]
    [InlineData("""[]""", "not that of a safetensors file")]
    [InlineData("""{"a":{"dtype""", "not that of a safetensors file")]
    public void A_wrong_header_is_a_user_error(string header, string message)
    {
        Write(File, header, 12);
        Refused(File, message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_user_error()
    {
        Write(File, Two, 12);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Refused(File, "no whole safetensors file");
        }
    }

    [Fact]
    public void A_huge_header_is_a_user_error()
    {
        Write(File, Two, 12);
        var bytes = System.IO.File.ReadAllBytes(File);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue);
        System.IO.File.WriteAllBytes(File, bytes);
        Refused(File, "its header is longer than the file");
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 200_000_000);
        using (var sparse = System.IO.File.Create(File))
        {
            sparse.Write(bytes);
            sparse.SetLength(200_000_100);
        }

        Refused(File, "longer than the format allows");
    }

    [Fact]
    public void A_tensor_that_does_not_fit_is_a_user_error()
    {
        Write(File, """{"model.norm.weight":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12);
        using var weights = WeightFile.Open(File);
        Assert.Contains("is stored as F64", Assert.Throws<UserErrorException>(() => weights.Find("model.norm.weight")).Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'model.norm.weight'?", Assert.Throws<UserErrorException>(() => weights.Find("model.norm.weights")).Message, StringComparison.Ordinal);
        Assert.Contains("has the shape [1]. [2, 1] is expected", Assert.Throws<UserErrorException>(() => weights.Find("w", 2, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_its_files_is_a_user_error()
    {
        Assert.Contains("there is no config.json", Assert.Throws<UserErrorException>(() => ModelFolder.Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Assert.Throws<UserErrorException>(() => ModelFolder.Open(Path.Combine(_folder, "x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tiny_model_is_whole()
    {
        var tiny = ModelFolder.Tiny;
        Assert.Equal(("tiny", 1024, 1024), (tiny.Name, tiny.Config.VocabularySize, tiny.Tokenizer.VocabularySize));
        Assert.Equal(1_115_264, tiny.Weights.TensorNames.Sum(name => tiny.Weights.Find(name).Shape.Aggregate(1, (product, size) => product * size)));
        Assert.Equal([128], tiny.Weights.Find("model.norm.weight", 128).Shape.AsEnumerable());
    }

    static void Refused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => WeightFile.Open(path)).Message, StringComparison.Ordinal);

    static void Write(string path, string header, int data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        for (var i = 0; i < data; i++)
        {
            bytes[8 + json.Length + i] = (byte)i;
        }

        System.IO.File.WriteAllBytes(path, bytes);
    }
}
