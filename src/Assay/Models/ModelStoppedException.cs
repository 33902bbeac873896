namespace Assay.Models;

/// <summary>The model is not to be asked any more in this run: a budget is spent, or it only fails. What was answered before stays good.</summary>
public sealed class ModelStoppedException : Exception
{
    /// <summary>With the message that the user gets.</summary>
    public ModelStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Without a reason.</summary>
    public ModelStoppedException()
    {
    }

    /// <summary>With its cause.</summary>
    public ModelStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
