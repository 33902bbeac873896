namespace Assay.Learning;

// A float32 tensor of a model file, row by row.
sealed record NamedTensor(string Name, int[] Shape, float[] Values);
