namespace Assay.Learning.Networks;

/// <summary>
/// Writes all that training needs to go on: weights, the optimiser's state, the epochs so far, what early stopping and the plateau remember,
/// and the seed. Resumed, it ends with the same bits as without the interruption. The file is written beside its place and then moved there,
/// so a killed program leaves the last whole one. Callbacks of one's own keep their state themselves.
/// </summary>
/// <param name="Path">One safetensors file; an existing one is replaced.</param>
/// <param name="Every">Epochs between two writings, at least 1; the last epoch always is written.</param>
/// <param name="Resume">Goes on from the file where there is one; it must be of the same rows, options (but for the number of epochs) and seed.</param>
public sealed record Checkpoint(string Path, int Every = 1, bool Resume = false);
