using Assay.Transformers;

namespace Assay.Web.Serving;

/// <summary>A language model and the name it is served under.</summary>
/// <param name="Name">What requests call it by.</param>
/// <param name="Model">Its tokenizer, template and limits.</param>
/// <param name="Engine">Runs it; stays the caller's.</param>
public sealed record ServedLanguageModel(string Name, Transformer Model, InferenceEngine Engine);
