namespace Assay.Learning.Networks;

// What a loss needs the last layer to be.
enum LossFamily
{
    // Sigmoid units, each on its own.
    Binary,

    // Softmax units, one class each.
    Categorical,

    // Any units.
    Numbers,
}
