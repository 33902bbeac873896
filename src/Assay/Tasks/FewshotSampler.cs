using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>
/// Draws worked examples as lm-evaluation-harness does: one generator a task runs on from document to document, so the examples of a
/// document depend on how many came before it. Source: its api/samplers.py.
/// </summary>
sealed class FewshotSampler(FewshotOptions options, IReadOnlyList<Document> pool, ulong seed)
{
    readonly PythonRandom _random = new(seed);

    /// <summary>The next worked examples.</summary>
    /// <param name="document">The one that is asked about.</param>
    /// <param name="count">0 or more.</param>
    public IReadOnlyList<Document> Next(Document document, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var drawn = options.MayHoldDocument && !options.FirstN ? count + 1 : count;
        if (drawn > pool.Count)
        {
            throw Missing(drawn, pool.Count);
        }

        var candidates = options.FirstN ? pool : [.. _random.Sample(pool.Count, drawn).Select(index => pool[index])];
        IReadOnlyList<Document> chosen = options.MayHoldDocument
            ? [.. candidates.Where(candidate => !PythonValue.AreEqual(candidate.Columns, document.Columns)).Take(count)]
            : [.. candidates.Take(count)];
        return chosen.Count == count ? chosen : throw Missing(count, chosen.Count);
    }

    UserErrorException Missing(int wanted, int found) => new(
        $"{wanted} worked examples are to be taken from {(options.Split is null ? "the task's own samples" : $"the split '{options.Split}'")}, which has {found} to give. Ask for fewer, or give more rows.");
}
