namespace Assay.Results.Interchange;

/// <summary>Logs of other tools that become records.</summary>
public enum LogFormat
{
    /// <summary>
    /// lm-evaluation-harness: files of samples, a folder of them, and beside them the file of results. Whatever the file of results has is taken
    /// from it; see <see cref="Harness.HarnessLog"/>.
    /// </summary>
    Harness,

    /// <summary>inspect_ai's EvalLog: JSON, or an .eval archive whose entries are deflated.</summary>
    Inspect,

    /// <summary>promptfoo's output as JSON or JSON lines.</summary>
    Promptfoo,

    /// <summary>A table with a row an answer; <see cref="CsvLogColumns"/> says what is what.</summary>
    Csv,

    /// <summary>Annotations of AlpacaEval: a judge's preference of a model's output over a baseline's.</summary>
    AlpacaEval,

    /// <summary>PandaLM's test set of pairs with three human labels, and verdicts of a judge on it.</summary>
    PandaLm,

    /// <summary>Reviews of the first Vicuna evaluation: a judge's scores of two models' answers.</summary>
    Vicuna,
}
