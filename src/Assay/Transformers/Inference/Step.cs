using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>What one pass through the layers computes: rows of tokens, the rows of one text side by side. Filled anew each time.</summary>
sealed class Step
{
    public List<StepRow> Rows { get; } = [];

    public List<StepPart> Parts { get; } = [];

    /// <summary>Rows whose logits are wanted.</summary>
    public List<int> Answers { get; } = [];

    public void Clear()
    {
        Rows.Clear();
        Parts.Clear();
        Answers.Clear();
    }

    /// <summary>The next tokens of a text.</summary>
    public void Add(Sequence sequence, int count)
    {
        Parts.Add(new StepPart(sequence, Rows.Count, count));
        for (var position = sequence.Computed; position < sequence.Computed + count; position++)
        {
            if (sequence.Wants(position))
            {
                Answers.Add(Rows.Count);
            }

            Rows.Add(new StepRow(sequence, sequence.Tokens[position], position));
        }
    }
}

/// <summary>One token at its place in its text.</summary>
readonly record struct StepRow(Sequence Sequence, int Token, int Position)
{
    public KvPage Page => Sequence.Pages[Position / KvShape.PageTokens];

    public int Slot => Position % KvShape.PageTokens;
}

/// <summary>Rows [First, First + Count) are of this text.</summary>
readonly record struct StepPart(Sequence Sequence, int First, int Count);
