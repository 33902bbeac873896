using Assay.Data;

namespace Assay.Learning;

/// <summary>A classifier, whether it is trained here or lives behind a network service. Thread-safe.</summary>
public interface IPredictor
{
    /// <summary>As it appears in estimates and records.</summary>
    string Name { get; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>Class probabilities of every row, row by row: element <c>i * Classes.Count + c</c>.</summary>
    /// <param name="rows">Raw rows: the columns the model was trained on, by name; others are ignored.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken);
}
