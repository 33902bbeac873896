namespace Assay.Tests.Transformers;

/// <summary>A clock that does not answer until it is released: it holds the engine where it takes up its first text.</summary>
sealed class HeldClock : TimeProvider, IDisposable
{
    readonly ManualResetEventSlim _released = new();

    public void Release() => _released.Set();

    public override long GetTimestamp()
    {
        _released.Wait();
        return 0;
    }

    public void Dispose() => _released.Dispose();
}
