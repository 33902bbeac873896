namespace Assay.Data;

/// <summary>Texts as codes into a list of categories.</summary>
/// <param name="name">Column name.</param>
/// <param name="codes">One index into <paramref name="categories"/> per row; -1 where missing.</param>
/// <param name="categories">Distinct, in ordinal order.</param>
public sealed class CategoryColumn(string name, int[] codes, string[] categories) : Column(name, ColumnKind.Category)
{
    /// <summary>One code per row; -1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>Distinct, in ordinal order. A selection of rows keeps all of them.</summary>
    public IReadOnlyList<string> Categories => categories;

    /// <inheritdoc/>
    public override int Length => codes.Length;

    /// <inheritdoc/>
    public override int MissingCount => codes.AsSpan().Count(-1);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => codes[row] < 0;

    /// <inheritdoc/>
    public override string? Text(int row) => codes[row] < 0 ? null : categories[codes[row]];

    /// <inheritdoc/>
    public override CategoryColumn Select(ReadOnlySpan<int> rows) => new(Name, Picked.From(codes, rows), categories) { Reason = Reason };

    /// <summary>Codes the texts; null is missing.</summary>
    public static CategoryColumn FromTexts(string name, IReadOnlyList<string?> texts)
    {
        var categories = texts.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        var index = categories.Select((text, code) => (text, code)).ToDictionary(x => x.text, x => x.code, StringComparer.Ordinal);
        return new CategoryColumn(name, [.. texts.Select(text => text is null ? -1 : index[text])], categories);
    }
}
