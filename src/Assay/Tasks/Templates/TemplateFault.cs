namespace Assay.Tasks.Templates;

/// <summary>A template is wrong or cannot be rendered with these values; <see cref="Template"/> turns it into the user's message.</summary>
sealed class TemplateFault(string message, int position = -1) : Exception(message)
{
    /// <summary>UTF-16 index into the template, -1 while unknown.</summary>
    public int Position { get; private set; } = position;

    public TemplateFault At(int position)
    {
        Position = Position < 0 ? position : Position;
        return this;
    }
}
