namespace Assay.Transformers.Reading;

// The model embedded in this assembly; its resources are named Assay.Transformers.Tiny.<file>.
static class TinyModel
{
    const string Folder = "Assay.Transformers.Tiny.";

    public static ModelFolder Open() => FolderReader.Read("tiny", "tiny", Find, () => WeightFile.OfResource("tiny/model.safetensors", Resource("model.safetensors")!));

    static ReadOnlyMemory<byte>? Find(string file)
    {
        using var stream = Resource(file);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static Stream? Resource(string file) => typeof(TinyModel).Assembly.GetManifestResourceStream(Folder + file);
}
