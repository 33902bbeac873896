
namespace Assay.Transformers.Reading;

// The files of a model, wherever they lie: 'find' gives the contents of a file, or null where there is none.
static class FolderReader
{
    static readonly string[] _weightFiles = ["*.safetensors", "*.bin", "*.gguf", "*.pth"];

    public static ModelFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"{folder}: there is no such folder. The folder of a Hugging Face model with config.json, tokenizer.json and model.safetensors is expected. Check the path.");
        }

        ReadOnlyMemory<byte>? Find(string file)
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path))
            {
                return JsonFile.Bytes(path);
            }

            return null;
        }

        return Read(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), folder, Find, () => WeightFile.Open(WeightPath(folder)));
    }

    public static ModelFolder Read(string name, string place, Func<string, ReadOnlyMemory<byte>?> find, Func<WeightFile> openWeights)
    {
        var (configFile, tokenizerFile) = (Required("config.json"), Required("tokenizer.json"));

        // The tokenizer takes about as long as all the rest, and needs none of it.
        var tokenizer = Task.Run(() => Tokenizer.Parse(tokenizerFile, At("tokenizer.json")));
        var config = TransformerConfig.Read(configFile, At("config.json"));
        var generation = find("generation_config.json") is { } json ? GenerationDefaults.Read(json, At("generation_config.json")) : new GenerationDefaults();
        var template = TokenizerConfig.ChatTemplate(find("tokenizer_config.json"), find("chat_template.jinja"), At);
        return new ModelFolder
        {
            Name = name,
            Config = config,
            GenerationDefaults = generation,
            Tokenizer = tokenizer.GetAwaiter().GetResult(),
            ChatTemplate = template,
            Weights = openWeights(),
        };

        ReadOnlyMemory<byte> Required(string file)
        {
            return find(file) ?? throw new UserErrorException(
                $"{place}: there is no {file}. The folder of a Hugging Face model with config.json, tokenizer.json and model.safetensors is expected. Download the whole model.");
        }

        string At(string file)
        {
            return Path.Combine(place, file);
        }
    }

    static string WeightPath(string folder)
    {
        string[] names = ["model.safetensors", "model.safetensors.index.json"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new UserErrorException(
            $"{folder}: there is no model.safetensors and no model.safetensors.index.json{Others(folder)}. Weights as safetensors are expected. Download them, or convert the model.");
    }

    static string Others(string folder)
    {
        var found = _weightFiles.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(5).ToArray();
        return found.Length == 0 ? "" : $", but {string.Join(", ", found)}";
    }
}
