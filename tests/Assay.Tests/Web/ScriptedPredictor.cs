using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;

namespace Assay.Tests.Web;

/// <summary>A predictor whose probabilities depend on every bit of the row, so that a value changed on the way shows.</summary>
sealed class ScriptedPredictor : IPredictor
{
    public static readonly ImmutableArray<InputColumn> Inputs =
    [
        new("age", ColumnKind.Number), new("visits", ColumnKind.Integer), new("member", ColumnKind.Boolean), new("city", ColumnKind.Category),
    ];

    /// <summary>Before an answer; by default nothing.</summary>
    public Func<Task> Before { get; init; } = () => Task.CompletedTask;

    public Func<float, float> Change { get; init; } = value => value;

    public string Name => "scripted";

    public OutputNames Outputs { get; init; } = new(TargetKind.Classes, ["no", "yes", "vielleicht ä"]);

    public async ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken)
    {
        await Before();
        var values = new List<float>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            var seed = Inputs.Aggregate(17UL, (hash, input) => (hash * 1_000_003) ^ Bits(rows[input.Name], row));
            var random = new SeededRandom(seed);
            double[] raw = [.. Outputs.Names.Select(_ => random.NextDouble())];
            values.AddRange(raw.Select(value => Change((float)(value / raw.Sum()))));
        }

        return [.. values];
    }

    /// <summary>Rows of awkward numbers, texts and gaps.</summary>
    public static Table Rows(int count)
    {
        var random = new SeededRandom(5);
        double[] ages = [.. Enumerable.Range(0, count).Select(i => i % 5 == 0 ? double.NaN : random.NextNormal() * Math.Pow(10, i % 30))];
        double[] visits = [.. Enumerable.Range(0, count).Select(i => i % 7 == 0 ? double.NaN : random.Next(1_000_000_000) - 500_000_000)];
        double[] members = [.. Enumerable.Range(0, count).Select(i => i % 11 == 0 ? double.NaN : i % 2)];
        string?[] texts = ["", "Zürich", "\"quoted\"\n", "東京 🗼", null];
        return new Table(
        [
            new NumericColumn("age", ColumnKind.Number, ages),
            new NumericColumn("visits", ColumnKind.Integer, visits),
            new NumericColumn("member", ColumnKind.Boolean, members),
            CategoryColumn.FromTexts("city", [.. Enumerable.Range(0, count).Select(i => texts[i % texts.Length])]),
            CategoryColumn.FromTexts("ignored", new string?[count]),
        ]);
    }

    static ulong Bits(Column column, int row) => column is NumericColumn numeric
        ? BitConverter.DoubleToUInt64Bits(column.IsMissing(row) ? double.NaN : numeric.Values[row])
        : column.Text(row)?.Aggregate(99UL, (hash, letter) => (hash * 31) + letter) ?? 1;
}
