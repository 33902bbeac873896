using Assay.Data;

namespace Assay.Benchmarks;

/// <summary>1M rows of 20 floats and a label of 5 values, 196 MB of CSV; 2 % of the rows have a gap.</summary>
static class DataBenchmarks
{
    public static IEnumerable<Benchmark> All =>
    [
        new("Data", "read CSV 1M x 20 + text, 1 thread", "read_csv", 3, peers => Read(peers, 1)),
        new("Data", "read CSV 1M x 20 + text, all threads", "read_csv", 3, peers => Read(peers, 0)),
        new("Data", "drop missing, float32, split 80/20", "clean_split", 3, peers => Split(peers, isStratified: false)),
        new("Data", "drop missing, float32, stratified split", "clean_split_strat", 3, peers => Split(peers, isStratified: true)),
    ];

    static Func<object?> Read(PeerData peers, int threads)
    {
        var (path, options) = (peers.PathOf("table.csv"), new ReadOptions { Threads = threads });
        return () =>
        {
            var table = TableReader.Read(path, options);
            return $"[{table.RowCount}, {table.Columns.Count}]";
        };
    }

    static Func<object?> Split(PeerData peers, bool isStratified)
    {
        var table = TableReader.Read(peers.PathOf("table.csv"));
        return () =>
        {
            var kept = Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.All)], []);
            var labels = ClassLabels.Of(table["label"]).Codes;
            var split = isStratified
                ? Holdout.Stratified(Array.ConvertAll(kept, row => labels[row]), 0.2, 0)
                : Holdout.Split(kept.Length, 0.2, 0);
            var features = table.Without(["label"]);
            var train = FeatureMatrix.Of(features, Array.ConvertAll(split.Train, i => kept[i]));
            var test = FeatureMatrix.Of(features, Array.ConvertAll(split.Test, i => kept[i]));
            return $"[{train.Rows}, {test.Rows}]";
        };
    }
}
