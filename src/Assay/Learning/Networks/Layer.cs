namespace Assay.Learning.Networks;

// A layer at work: where its numbers stand in the network's one array of weights, and what it does to a batch. It holds no numbers itself,
// so that threads may share it. Rows of its outputs are `Width` long; what is beyond `Units` is zero, in the gradients too.
abstract class Layer(int inputs, int units)
{
    public int Inputs => inputs;

    public int Units => units;

    public int Width { get; } = Kernels.Padded(units);

    // What is learned by gradients, in order.
    public virtual IReadOnlyList<Variable> Variables => [];

    // What is learned by averaging: moving means and the like.
    public virtual IReadOnlyList<Variable> Statistics => [];

    // Numbers per batch row, and besides, that Forward leaves for Backward.
    public virtual int ScratchPerRow => 0;

    public virtual int Scratch => 0;

    public virtual void Initialise(float[] weights, SeededRandom random)
    {
    }

    public abstract void Forward(in LayerPass pass);

    // Fills the gradient by this layer's variables, and by its input unless that is the network's (then InputGradient is empty). May change
    // OutputGradient.
    public abstract void Backward(in LayerPass pass);

    public virtual bool HasPenalty => false;

    // What its regularizers add to the loss; they are added to the gradient too, where there is one.
    public virtual double Penalise(float[] weights, float[]? gradient) => 0;
}
