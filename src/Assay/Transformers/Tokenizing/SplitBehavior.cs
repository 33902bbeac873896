namespace Assay.Transformers.Tokenizing;

// What becomes of the delimiters that a split finds; the names are those of tokenizer.json.
enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}
