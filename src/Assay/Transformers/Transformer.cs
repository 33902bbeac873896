using Assay.Transformers.Inference;

namespace Assay.Transformers;

/// <summary>
/// A language model of the Llama family, ready to run in an <see cref="InferenceEngine"/>. Its matrices stay where they are mapped
/// and as they are stored (float32, float16 or bfloat16). Thread-safe; several engines may share it.
/// </summary>
public sealed class Transformer : IDisposable
{
    readonly ModelFolder _folder;

    /// <summary>Takes over the folder: disposing the model closes it.</summary>
    /// <exception cref="UserErrorException">A tensor is missing, or has a shape that the config does not tell.</exception>
    public Transformer(ModelFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        Weights = TransformerWeights.Read(folder.Config, folder.Weights);
    }

    /// <summary>The folder's name, or <c>tiny</c>.</summary>
    public string Name => _folder.Name;

    /// <summary>Shape and limits.</summary>
    public TransformerConfig Config => _folder.Config;

    /// <summary>Text to tokens and back.</summary>
    public Tokenizer Tokenizer => _folder.Tokenizer;

    /// <summary>Messages to a prompt; null: the model has none.</summary>
    public ChatTemplate? ChatTemplate => _folder.ChatTemplate;

    /// <summary>What the model's makers recommend for sampling.</summary>
    public GenerationDefaults GenerationDefaults => _folder.GenerationDefaults;

    internal TransformerWeights Weights { get; }

    internal long WeightBytes => _folder.Weights.Length;

    /// <summary>Opens a Hugging Face folder: config.json, tokenizer.json, safetensors.</summary>
    /// <exception cref="UserErrorException">The folder is incomplete, broken or of a kind that is not supported; the message names the part.</exception>
    public static Transformer Load(string folder) => Owning(ModelFolder.Open(folder));

    /// <summary>The embedded model of 1.1 million parameters, in float16: it adds, compares numbers, knows capitals and judges reviews.</summary>
    public static Transformer Tiny() => Owning(ModelFolder.Tiny);

    /// <summary>Closes the files; engines must have ended before.</summary>
    public void Dispose() => _folder.Dispose();

    static Transformer Owning(ModelFolder folder)
    {
        try
        {
            return new Transformer(folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
