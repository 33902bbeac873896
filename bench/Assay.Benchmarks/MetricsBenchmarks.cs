using System.Runtime.InteropServices;
using Assay.Metrics;

namespace Assay.Benchmarks;

/// <summary>Ten million labels and scores, a million rows of ten probabilities; the peer is scikit-learn on the same values.</summary>
static class MetricsBenchmarks
{
    const int Classes = 10;

    public static IEnumerable<Benchmark> All =>
    [
        new("Metrics", "accuracy and macro P, R, F1 of 10M labels", "four_calls", 150, FourMetrics),
        new("Metrics", "classification report of 10M labels", "classification_report", 150, Report),
        new("Metrics", "roc auc of 10M scores", "roc_auc", 8, peers => OfScores(peers, RocAuc.Binary)),
        new("Metrics", "average precision of 10M scores", "average_precision", 8, peers => OfScores(peers, AveragePrecision.Of)),
        new("Metrics", "log-loss 1M x 10", "log_loss", 4, peers => OfProbabilities(peers, (rows, truth) => LogLoss.Mean(rows, Classes, truth))),
        new("Metrics", "roc auc one-vs-rest 1M x 10", "roc_auc_ovr", 8, peers => OfProbabilities(peers, (rows, truth) => MulticlassAuc.OneVsRest(rows, Classes, truth))),
    ];

    static Func<object?> FourMetrics(PeerData peers)
    {
        var (truth, predicted) = (peers.Read<byte>("labels10m_true.u8"), peers.Read<byte>("labels10m_pred.u8"));
        return () =>
        {
            var matrix = ConfusionMatrix.FromLabels(truth, predicted, Classes);
            return string.Join(
                ' ',
                Classification.Accuracy(matrix).Value, Classification.Macro(matrix, Classification.Precision).Value,
                Classification.Macro(matrix, Classification.Recall).Value, Classification.Macro(matrix, Classification.F1).Value);
        };
    }

    static Func<object?> Report(PeerData peers)
    {
        var (truth, predicted) = (peers.Read<byte>("labels10m_true.u8"), peers.Read<byte>("labels10m_pred.u8"));
        Func<ConfusionMatrix, int, MetricValue>[] metrics = [Classification.Precision, Classification.Recall, Classification.F1];
        return () =>
        {
            var matrix = ConfusionMatrix.FromLabels(truth, predicted, Classes);
            var perClass = Enumerable.Range(0, Classes).Select(label => metrics.Select(metric => metric(matrix, label)).ToArray()).ToArray();
            var weighted = metrics.Select(metric => Classification.Weighted(matrix, metric)).ToArray();
            return (perClass.Length + weighted.Length, string.Join(' ', metrics.Select(metric => Classification.Macro(matrix, metric).Value)));
        };
    }

    static Func<object?> OfScores(PeerData peers, Func<ScoreSummary, MetricValue> metric)
    {
        var scores = peers.Read<double>("scores10m.f64");
        var positives = MemoryMarshal.Cast<byte, bool>(peers.Read<byte>("scores10m_true.u8")).ToArray();
        return () => metric(ScoreSummary.Of(scores, positives)).Value;
    }

    static Func<object?> OfProbabilities(PeerData peers, Func<double[], int[], MetricValue> metric)
    {
        var probabilities = peers.Read<double>("probs1m.f64");
        var truth = Array.ConvertAll(peers.Read<byte>("probs1m_true.u8"), label => (int)label);
        return () => metric(probabilities, truth).Value;
    }
}
