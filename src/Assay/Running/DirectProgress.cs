namespace Assay.Running;

/// <summary>Reports at once, on the caller's thread. The framework's Progress posts to the thread pool and may report out of order.</summary>
sealed class DirectProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
