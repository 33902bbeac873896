namespace Assay.Transformers.Kernels;

/// <summary>A matrix [outputs, inputs] where it lies in the mapped file; never copied. Valid as long as its file is open.</summary>
readonly unsafe struct WeightMatrix(byte* start, WeightType type, int outputs, int inputs)
{
    public WeightType Type => type;

    public int Outputs => outputs;

    public int Inputs => inputs;

    public ref byte Row(int output) => ref *(start + ((long)output * inputs * Size));

    int Size => type == WeightType.F32 ? 4 : 2;
}
