using System.Collections.Immutable;

namespace Assay.Tasks.Functions;

/// <summary>What stands here for a Python function of a task file.</summary>
abstract record BuiltIn;

/// <summary>For <c>process_docs</c>: a document, or null to leave it out.</summary>
sealed record ProcessBuiltIn(Func<Document, Document?> Apply) : BuiltIn;

/// <summary>For <c>doc_to_text</c>, <c>doc_to_target</c> and <c>doc_to_choice</c>.</summary>
sealed record FieldBuiltIn(Func<Document, object?> Apply) : BuiltIn;

/// <summary>For <c>process_results</c> of a multiple-choice task: metric to score, from the log-likelihoods of the choices.</summary>
sealed record ResultBuiltIn(Func<Document, ImmutableArray<double>, IReadOnlyDictionary<string, double>> Apply) : BuiltIn;
