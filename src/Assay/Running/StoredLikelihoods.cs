using System.Collections.Immutable;
using Assay.Models;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>Scores stored log-likelihoods again. They are of choices or texts that the record does not hold, so that what it does hold must still be true of the sample.</summary>
static class StoredLikelihoods
{
    /// <exception cref="UserErrorException">They are of other choices or another text than the sample's.</exception>
    public static ImmutableArray<SampleScore> Score(TaskDefinition task, Sample sample, Record record)
    {
        if (record.Output is not { } output)
        {
            return LikelihoodScorer.Score(task, sample, [.. sample.Arguments.Select(_ => new Likelihood { Outcome = record.Outcome == Outcome.Ok ? Outcome.Error : record.Outcome, Reason = record.Reason ?? "nothing is stored" })]);
        }

        var wanted = sample.Arguments.Length;
        if (LikelihoodOutput.Read(output) is not { } stored || stored.Length < wanted || (task.OutputType != OutputType.MultipleChoice && stored.Length != wanted))
        {
            throw new UserErrorException(
                $"{record.Id}: the stored output of {record.Model} is not the {wanted} log-likelihoods that {task.Name} asks for (acc_mutual_info needs those of the choices without the prompt as well). Expected the run's own kind of task and its choices.");
        }

        // The likelihoods of choices after the prompt stand first, those without it behind.
        var scores = LikelihoodScorer.Score(task, sample, stored[..wanted]);
        var (before, now) = task.OutputType == OutputType.MultipleChoice ? (record.Answer, scores[0].Answer) : (record.Target, sample.Targets.FirstOrDefault());
        return before is null || now is null || before == now.TrimStart(' ') || before == now
            ? scores
            : throw new UserErrorException(
                $"{record.Id}: the stored log-likelihoods of {record.Model} are of other texts: '{before}' then, '{now}' in {task.File}. Expected the run's own data and choices in their order; ask the model again.");
    }
}
