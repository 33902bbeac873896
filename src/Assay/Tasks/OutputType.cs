namespace Assay.Tasks;

/// <summary>What a task asks of a model for each sample; the names of lm-evaluation-harness are in lower case with underscores.</summary>
public enum OutputType
{
    /// <summary>generate_until: an answer to the prompt.</summary>
    GenerateUntil,

    /// <summary>multiple_choice: the log-likelihood of every choice.</summary>
    MultipleChoice,

    /// <summary>loglikelihood: that of one target.</summary>
    LogLikelihood,

    /// <summary>loglikelihood_rolling: that of a whole text.</summary>
    LogLikelihoodRolling,
}
