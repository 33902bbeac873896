using Assay.Data;

namespace Assay.Learning;

/// <summary>A model of a table, whether it is trained here or lives behind a network service. Thread-safe.</summary>
public interface IPredictor
{
    /// <summary>As it appears in estimates and records.</summary>
    string Name { get; }

    /// <summary>What it answers for a row.</summary>
    OutputNames Outputs { get; }

    /// <summary>The answers, row by row: element <c>i * Outputs.Names.Length + o</c> is the probability of class o, or the number of target o in its own unit.</summary>
    /// <param name="rows">Raw rows: the columns the model was trained on, by name; others are ignored.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    ValueTask<float[]> PredictAsync(Table rows, CancellationToken cancellationToken);
}
