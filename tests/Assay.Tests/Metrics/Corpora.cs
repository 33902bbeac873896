using Assay.Metrics;

namespace Assay.Tests.Metrics;

static class Corpora
{
    public static CorpusStatistics Of(CorpusMetric metric, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references) =>
        CorpusStatistics.Of(metric, hypotheses, references, TestContext.Current.CancellationToken);
}
