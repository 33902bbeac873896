using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Data;
using Assay.Learning;

namespace Assay.Cli;

/// <summary>The spec that a table gets when nobody wrote one: stored with the run, to be copied and changed.</summary>
static class TrainDefaults
{
    // A category of fewer rows than about a hundredth tells little and costs a feature.
    const int MostCategories = 50;

    /// <summary>YAML that <see cref="Running.SpecReader"/> reads.</summary>
    public static string SpecOf(Table table, TrainRequest request)
    {
        var kind = request.TargetKind is { } given ? (given == "classes" ? TargetKind.Classes : TargetKind.Numbers) : Trainer.TargetKindOf(table, request.Targets);
        var used = table.Columns.Where(column => !request.Targets.Contains(column.Name) && !request.Exclude.Contains(column.Name)).ToList();
        var unusable = used.Where(column => column.Kind == ColumnKind.Text || column.MissingCount == column.Length).ToList();
        foreach (var column in unusable)
        {
            Console.Error.WriteLine($"Column '{column.Name}' is left out: {(column.MissingCount == column.Length ? "it has no value" : column.Reason ?? "it holds free text")}.");
        }

        var exclude = request.Exclude.AddRange(unusable.Select(column => column.Name));
        var (target, folds, prepare) = (kind == TargetKind.Classes ? "classes" : "numbers", Number(request.Folds), string.Join(", ", Prepare([.. used.Except(unusable)])));
        var scale = kind == TargetKind.Numbers && request.Model == "sequential" ? ", scale_target: true" : "";
        return $$$"""
            name: {{{Text(Path.GetFileNameWithoutExtension(request.File))}}}
            data: {path: {{{Text(Path.GetFullPath(request.File))}}}, target: {{{List(request.Targets)}}}, target_kind: {{{target}}}, exclude: {{{List(exclude)}}} }
            prepare: [{{{prepare}}}]
            method: {cross_validation: {folds: {{{folds}}} } }
            model: {{{Model(request, kind, table)}}}
            train: {save: {{{Text(Path.GetFullPath(request.Save))}}}{{{scale}}} }

            """;
    }

    // Steps on columns of a kind that is not there are no mistake, but reading them is idle.
    static IEnumerable<string> Prepare(List<Column> used)
    {
        var dates = used.Where(column => column.Kind == ColumnKind.Date).Select(column => column.Name).ToImmutableArray();
        if (dates.Length > 0)
        {
            yield return $"{{date_parts: {{columns: {List(dates)}, parts: [year, month, day_of_week]}}}}";
        }

        if (used.Exists(column => column.IsNumeric))
        {
            yield return "{impute: {columns: numeric, strategy: median}}";
            yield return "{standardize: numeric}";
        }

        if (used.Exists(column => column.Kind == ColumnKind.Category))
        {
            yield return $"{{one_hot: {{columns: categorical, max_categories: {Number(MostCategories)}, unknown: rare}}}}";
        }
    }

    // Wider and fewer epochs with more rows: each setting takes some ten thousand updates.
    static string Model(TrainRequest request, TargetKind kind, Table table)
    {
        if (request.Model != "sequential")
        {
            return request.Model;
        }

        var rows = table.RowCount;
        int[] hidden = rows < 500 ? [16] : rows < 5_000 ? [32, 16] : [64, 32];
        var epochs = request.Epochs ?? (rows < 500 ? 100 : rows < 5_000 ? 50 : rows < 50_000 ? 20 : 10);
        var batch = rows < 50_000 ? 32 : 256;
        var classes = kind == TargetKind.Classes ? ClassLabels.Of(table[request.Targets[0]]).Classes.Length : 0;
        var (units, activation, loss) = classes switch
        {
            0 => (request.Targets.Length, "linear", "mean_squared_error"),
            <= 2 => (1, "sigmoid", "binary_crossentropy"),
            _ => (classes, "softmax", "categorical_crossentropy"),
        };
        var layers = hidden.Select(size => $"{{dense: {{units: {Number(size)}, activation: relu}}}}").Append($"{{dense: {{units: {Number(units)}, activation: {activation}}}}}");
        return $"{{sequential: {{layers: [{string.Join(", ", layers)}], loss: {loss}, epochs: {Number(epochs)}, batch_size: {Number(batch)}}}}}";
    }

    // JSON's texts are YAML's.
    static string Text(string value) => JsonSerializer.Serialize(value);

    static string List(ImmutableArray<string> names) => $"[{string.Join(", ", names.Select(Text))}]";

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
