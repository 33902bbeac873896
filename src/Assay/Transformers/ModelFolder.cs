using Assay.Transformers.Reading;

namespace Assay.Transformers;

/// <summary>A model as Hugging Face folders hold it: config, weights, tokenizer, chat template, defaults of generation.</summary>
public sealed class ModelFolder : IDisposable
{
    static readonly Lazy<ModelFolder> _tiny = new(TinyModel.Open);

    /// <summary>
    /// The model that is built in: a Llama of 1.1 million parameters, partly in float16, trained by us from nothing. It adds and subtracts numbers of
    /// one or two digits, picks the largest of four, knows 38 capitals and judges reviews in English and Chinese. Disposing it does nothing.
    /// </summary>
    public static ModelFolder Tiny => _tiny.Value;

    /// <summary>The folder's name; <c>tiny</c> of the one built in.</summary>
    public required string Name { get; init; }

    /// <summary>Sizes and options of the network.</summary>
    public required TransformerConfig Config { get; init; }

    /// <summary>Text to tokens and back.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>Null: the model was not trained on conversations.</summary>
    public ChatTemplate? ChatTemplate { get; init; }

    /// <summary>What its makers advise.</summary>
    public required GenerationDefaults GenerationDefaults { get; init; }

    /// <summary>The numbers, where they are mapped.</summary>
    public required WeightFile Weights { get; init; }

    /// <summary>Opens a folder with config.json, tokenizer.json and safetensors weights; reads no weights yet.</summary>
    /// <exception cref="UserErrorException">A file is missing, damaged, or of a kind that is not supported; the message names the part.</exception>
    public static ModelFolder Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return FolderReader.Open(folder);
    }

    /// <summary>Unmaps the weights.</summary>
    public void Dispose() => Weights.Dispose();
}
