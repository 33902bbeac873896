namespace Assay.Transformers.Inference;

/// <summary>Where workers wait for one another, some ten thousand times a second: they spin, and yield after a while.</summary>
sealed class SpinBarrier(int size)
{
    int _arrived;
    int _passed;
    volatile bool _broken;

    public int Size => size;

    /// <summary>Returns when all have come here.</summary>
    public void Wait()
    {
        if (size == 1)
        {
            return;
        }

        var passed = Volatile.Read(ref _passed);
        if (Interlocked.Increment(ref _arrived) == size)
        {
            _arrived = 0;
            Volatile.Write(ref _passed, passed + 1);
            return;
        }

        var spin = default(SpinWait);
        while (Volatile.Read(ref _passed) == passed)
        {
            if (_broken)
            {
                throw new OperationCanceledException("Another worker failed.");
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Frees those who wait for a worker that failed; nobody can use the barrier after it.</summary>
    public void Break() => _broken = true;
}
