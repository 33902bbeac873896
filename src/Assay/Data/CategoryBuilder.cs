namespace Assay.Data;

/// <summary>Codes texts as they come; one string per distinct text.</summary>
sealed class CategoryBuilder
{
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    readonly List<int> _codes = [];

    public CategoryBuilder()
    {
        _lookup = _index.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void AddMissing() => _codes.Add(-1);

    public void Add(ReadOnlySpan<char> text)
    {
        if (!_lookup.TryGetValue(text, out var code))
        {
            code = _index.Count;
            _index.Add(text.ToString(), code);
        }

        _codes.Add(code);
    }

    public CategoryColumn Build(string name)
    {
        string[] categories = [.. _index.Keys.Order(StringComparer.Ordinal)];
        var ranks = new int[categories.Length];
        for (var i = 0; i < categories.Length; i++)
        {
            ranks[_index[categories[i]]] = i;
        }

        return new CategoryColumn(name, [.. _codes.Select(code => code < 0 ? -1 : ranks[code])], categories);
    }
}
