using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>
/// The engine's thread: before each step texts may join and leave; a step takes the next token of every text in work, and a block of tokens
/// of the prompts that are not yet read, shared evenly.
/// </summary>
sealed class Scheduler : IDisposable
{
    readonly InferenceOptions _options;
    readonly Arrivals _arrivals;
    readonly KvCache _cache;
    readonly WorkerTeam _team;
    readonly List<Sequence> _running = [];
    readonly Step _step = new();
    readonly Func<Sequence, bool> _admits;
    long _promptTokens, _generatedTokens, _prefixHits;
    int _count, _turn;
    double _use;

    public Scheduler(Transformer model, InferenceOptions options, Arrivals arrivals, int context)
    {
        (_options, _arrivals) = (options, arrivals);
        _cache = new KvCache(new(model.Config.Layers, model.Config.KeyValueHeads, model.Config.HeadSize), KvShape.Pages(options.KvCacheTokens));
        var barrier = new SpinBarrier(options.Threads);
        var pass = new ForwardPass(model.Config, model.Weights, options.MaxBatch + options.PrefillBlock, context, barrier);
        _team = new WorkerTeam(barrier, worker => pass.Run(_step, worker));
        _admits = _cache.TryAdmit;
    }

    /// <summary>May be asked at any time.</summary>
    public EngineStatistics Statistics => new()
    {
        Running = Volatile.Read(ref _count),
        Waiting = _arrivals.Count,
        CacheUse = Volatile.Read(ref _use),
        PromptTokens = Volatile.Read(ref _promptTokens),
        GeneratedTokens = Volatile.Read(ref _generatedTokens),
        PrefixHits = Volatile.Read(ref _prefixHits),
        PrefixQueries = Volatile.Read(ref _promptTokens),
    };

    /// <summary>Works until the arrivals are closed.</summary>
    public void Run()
    {
        try
        {
            while (!_arrivals.IsClosed)
            {
                Leave();
                Join();
                if (_running.Count == 0)
                {
                    _arrivals.Wait();
                    continue;
                }

                Plan();
                _team.Run();
                Conclude();
            }

            End(new ObjectDisposedException(nameof(InferenceEngine)));
        }
        catch (Exception e)
        {
            _arrivals.Close(e);
            End(e);
        }
    }

    public void Dispose() => _team.Dispose();

    void Leave()
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].IsCancelled)
            {
                End(i, new OperationCanceledException());
            }
        }
    }

    void Join()
    {
        while (_running.Count < _options.MaxBatch && _arrivals.Next(_admits) is { } next)
        {
            next.Admitted = _options.TimeProvider.GetTimestamp();
            Volatile.Write(ref _prefixHits, _prefixHits + next.Computed);
            Volatile.Write(ref _promptTokens, _promptTokens + next.Length);
            _running.Add(next);
        }

        Volatile.Write(ref _count, _running.Count);
        Volatile.Write(ref _use, _cache.Share);
    }

    // Texts that read their prompts take turns in being first, for the block may not be enough for all.
    void Plan()
    {
        _step.Clear();
        var reading = 0;
        foreach (var sequence in _running)
        {
            if (sequence.Length - sequence.Computed == 1)
            {
                Add(sequence, 1);
            }
            else
            {
                reading++;
            }
        }

        var (left, share) = (_options.PrefillBlock, Math.Max(KvShape.PageTokens, _options.PrefillBlock / Math.Max(1, reading)));
        _turn++;
        for (var i = 0; i < _running.Count && reading > 0; i++)
        {
            var sequence = _running[(i + _turn) % _running.Count];
            var missing = sequence.Length - sequence.Computed;
            if (missing > 1 && left > 0)
            {
                var count = Math.Min(Math.Min(missing, share), left);
                Add(sequence, count);
                left -= count;
            }
        }
    }

    void Add(Sequence sequence, int count)
    {
        _cache.Extend(sequence, count);
        _step.Add(sequence, count);
    }

    void Conclude()
    {
        foreach (var part in _step.Parts)
        {
            var sequence = part.Sequence;
            sequence.Done(part.Count);
            _cache.Publish(sequence, part.Count);
            if (sequence.Computed == sequence.Length)
            {
                var before = sequence.Length;
                sequence.IsDone = sequence.Advance();
                Volatile.Write(ref _generatedTokens, _generatedTokens + sequence.Length - before);
            }
        }

        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].IsDone)
            {
                End(i, null);
            }
        }
    }

    void End(int index, Exception? failure)
    {
        var sequence = _running[index];
        _running.RemoveAt(index);
        _cache.Release(sequence);
        _arrivals.Leave(_options.TimeProvider.GetElapsedTime(sequence.Admitted));
        Volatile.Write(ref _count, _running.Count);
        Volatile.Write(ref _use, _cache.Share);
        sequence.End(failure);
    }

    void End(Exception failure)
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            End(i, failure);
        }
    }
}
