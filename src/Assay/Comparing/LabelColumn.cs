namespace Assay.Comparing;

/// <summary>A label of each sample, of few different ones: a tag, or the cluster.</summary>
sealed class LabelColumn
{
    readonly List<int> _codes = [];
    readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    readonly List<string> _labels = [];

    public IReadOnlyList<string> Labels => _labels;

    public void Set(int index, string label)
    {
        while (_codes.Count <= index)
        {
            _codes.Add(-1);
        }

        if (!_known.TryGetValue(label, out var code))
        {
            code = _known[label] = _labels.Count;
            _labels.Add(label);
        }

        _codes[index] = code;
    }

    /// <summary>Whether these codes group samples: each has one, and some share one.</summary>
    public static bool AreClusters(IReadOnlyCollection<int> codes) => codes.Count > 0 && !codes.Contains(-1) && codes.Distinct().Count() < codes.Count;

    /// <summary>-1 where there is none.</summary>
    public int this[int index] => index < _codes.Count ? _codes[index] : -1;
}
