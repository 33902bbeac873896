namespace Assay.Transformers.Kernels;

/// <summary>The shape of a product: numbers in a row of x and of the weights, numbers in a row of y, and whether y's old values are added.</summary>
readonly record struct Product(int Inputs, int Outputs, bool Add);
