namespace Assay.Learning.Networks;

// From the last weighted sums to the loss and its gradient by them. Cross-entropies take the sums themselves, other losses the answers.
sealed class LossStep(LayerStack stack, Loss loss)
{
    readonly bool _ofSums = loss.Family != LossFamily.Numbers;

    // The sum of weight times loss.
    public double Evaluate(Workspace workspace, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, int count, ref Tally tally)
    {
        var values = _ofSums ? workspace.Sums(count) : workspace.Answers(count);
        var batch = new LossBatch(values, workspace.Gradient(count), targets, weights, stack.Outputs, stack.Width);
        tally.Count(loss.Family, batch);
        var sum = loss.Evaluate(batch);
        if (!_ofSums)
        {
            workspace.OverHead(count);
        }

        return sum;
    }
}
