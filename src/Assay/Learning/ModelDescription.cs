using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning.Networks;

namespace Assay.Learning;

// All of a model but its weights, as it stands in the model file.
sealed record ModelDescription(string Name, ImmutableArray<string> Classes, FittedPreparation Preparation, SequentialOptions Model)
{
    // For readers of the file that know nothing of preparations.
    public ImmutableArray<InputColumn> Inputs => Preparation.Inputs;
}
