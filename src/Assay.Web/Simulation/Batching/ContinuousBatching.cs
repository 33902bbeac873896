namespace Assay.Web.Simulation.Batching;

/// <summary>
/// A model server that makes answers in steps: in each, every running answer gets a token and prompts are taken up, first come first
/// served, within the batch, the step's prompt tokens and the blocks of the KV cache. When an answer needs a block and none is
/// free, the answer taken up last gives its blocks back and is computed again later. Deterministic: the same arrivals give the same times.
/// After vLLM's scheduler (vllm/v1/core/sched/scheduler.py), simplified: a prompt's blocks are all taken at once and can be reused by the
/// next request from then on; an answer's blocks are its own and cannot.
/// </summary>
public sealed class ContinuousBatching : ITokenEngine
{
    const double WidestJitter = 0.7;

    readonly BatchingOptions _options;
    readonly BlockPool _pool;
    readonly SeededRandom _random;
    readonly LinkedList<Sequence> _waiting = new();
    readonly List<Sequence> _running = [];
    EngineCounts _counts = new();
    long _ended = long.MinValue;

    /// <summary>An idle server.</summary>
    /// <exception cref="UserErrorException">The options are wrong; the message lists all faults.</exception>
    public ContinuousBatching(BatchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems().ToArray() is { Length: > 0 } problems)
        {
            throw new UserErrorException($"Wrong batching options: {string.Join("; ", problems)}.");
        }

        _options = options;
        _pool = new BlockPool(options.Blocks ?? int.MaxValue);
        _random = new SeededRandom(options.Seed);
    }

    /// <summary>When the step that runs ends, in nanoseconds; the largest number when the server is idle.</summary>
    public long NextDue { get; private set; } = long.MaxValue;

    /// <summary>As of the last call.</summary>
    public EngineCounts Counts => _counts with
    {
        Running = _running.Count,
        Waiting = _waiting.Count,
        BlocksInUse = _pool.InUse,
        CacheUse = _options.Blocks is { } blocks ? (double)_pool.InUse / blocks : 0,
    };

    /// <summary>Queues a request; call it before the step that it should be in is begun.</summary>
    /// <returns>False when prompt and answer need more blocks than there are: it is not queued.</returns>
    public bool Add(in Arrival arrival)
    {
        if (BlocksOf(arrival.PromptTokens) + BlocksOf(arrival.OutputTokens) > (_options.Blocks ?? int.MaxValue))
        {
            return false;
        }

        _waiting.AddLast(new Sequence(arrival));
        if (NextDue == long.MaxValue)
        {
            // A thread may hand in late what came while the last step still ran.
            Begin(Math.Max(arrival.At, _ended));
        }

        return true;
    }

    /// <summary>Takes the request out at once, wherever it is.</summary>
    public void Cancel(long id)
    {
        if (_running.Find(sequence => sequence.Arrival.Id == id) is { } running)
        {
            _pool.GiveBack(running.Blocks);
            _running.Remove(running);
            return;
        }

        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Arrival.Id == id)
            {
                _waiting.Remove(node);
                return;
            }
        }
    }

    /// <summary>Runs all steps that end up to now, and adds their tokens.</summary>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="due">By time, and within a step by the order in which the answers were taken up.</param>
    public void Advance(long now, ICollection<TokenEvent> due)
    {
        ArgumentNullException.ThrowIfNull(due);
        while (NextDue <= now)
        {
            var end = NextDue;
            End(end, due);
            _ended = end;
            Begin(end);
        }
    }

    void End(long at, ICollection<TokenEvent> due)
    {
        var made = 0;
        foreach (var sequence in _running)
        {
            sequence.PrefillLeft -= sequence.PrefillNow;
            var isFirst = sequence.PrefillNow > 0 && sequence.PrefillLeft == 0;
            sequence.PrefillNow = 0;
            if (isFirst || sequence.IsDecoding)
            {
                made++;
                sequence.Generated++;
                due.Add(new TokenEvent(sequence.Arrival.Id, at, 1, IsWhole(sequence), sequence.CachedTokens ?? 0));
            }
        }

        _counts = _counts with { GeneratedTokens = _counts.GeneratedTokens + made };
        foreach (var sequence in _running.Where(IsWhole))
        {
            _pool.GiveBack(sequence.Blocks);
        }

        _running.RemoveAll(IsWhole);
    }

    static bool IsWhole(Sequence sequence) => sequence.Generated >= sequence.Arrival.OutputTokens;

    void Begin(long at)
    {
        if (_running.Count == 0 && _waiting.First is { } first)
        {
            at = Math.Max(at, first.Value.Arrival.At);
        }

        var preempted = TakeBlocksForTokens();
        var decoding = _running.Count(sequence => sequence.IsDecoding);
        var left = _options.PrefillTokens;
        foreach (var sequence in _running)
        {
            left -= sequence.PrefillNow = Math.Min(sequence.PrefillLeft, left);
        }

        while (!preempted && left > 0 && _running.Count < _options.MaxBatch && _waiting.First is { } next && next.Value.Arrival.At <= at && TryTakeUp(next.Value))
        {
            _waiting.RemoveFirst();
            left -= next.Value.PrefillNow = Math.Min(next.Value.PrefillLeft, left);
        }

        NextDue = _running.Count == 0 ? long.MaxValue : at + StepNanoseconds(decoding, _options.PrefillTokens - left);
    }

    // In the order of taking up, so that the oldest answers are the last to give way.
    bool TakeBlocksForTokens()
    {
        var preempted = false;
        for (var i = 0; i < _running.Count; i++)
        {
            var sequence = _running[i];
            sequence.IsDecoding = sequence.PrefillLeft == 0;
            while (sequence.IsDecoding && sequence.Blocks.Count < BlocksOf(sequence.Arrival.PromptTokens) + BlocksOf(sequence.Generated + 1) && !_pool.TryTakeOne(sequence.Blocks))
            {
                preempted = true;
                Preempt(_running[^1]);
                sequence.IsDecoding = i < _running.Count;
            }
        }

        return preempted;
    }

    void Preempt(Sequence sequence)
    {
        _running.RemoveAt(_running.Count - 1);
        _pool.GiveBack(sequence.Blocks);
        (sequence.IsDecoding, sequence.PrefillNow) = (false, 0);
        _waiting.AddFirst(sequence);
        _counts = _counts with { Preemptions = _counts.Preemptions + 1 };
    }

    bool TryTakeUp(Sequence sequence)
    {
        var arrival = sequence.Arrival;
        var hashes = _options.PrefixCache ? arrival.Blocks.Span : [];
        var blocks = BlocksOf(arrival.PromptTokens);
        var cached = _pool.CountCached(hashes);

        // The first token, or all made before it was preempted and the next, have a place too.
        var needed = blocks + BlocksOf(sequence.Generated + 1);
        if (!_pool.TryTakePrompt(hashes, cached, needed, sequence.Blocks))
        {
            return false;
        }

        // The last token of the prompt is computed in any case: the answer's first comes of it.
        var tokens = Math.Min(cached * _options.BlockTokens, arrival.PromptTokens - 1);
        sequence.PrefillLeft = arrival.PromptTokens - tokens + sequence.Generated;
        if (sequence.CachedTokens is null)
        {
            sequence.CachedTokens = tokens;
            _counts = _counts with
            {
                PromptTokens = _counts.PromptTokens + arrival.PromptTokens,
                CachedTokens = _counts.CachedTokens + tokens,
                PromptBlocks = _counts.PromptBlocks + blocks,
                CachedBlocks = _counts.CachedBlocks + cached,
            };
        }

        _running.Add(sequence);
        return true;
    }

    int BlocksOf(int tokens) => (int)(((long)tokens + _options.BlockTokens - 1) / _options.BlockTokens);

    long StepNanoseconds(int decoding, int prefillTokens)
    {
        var seconds = _options.StepTime.TotalSeconds + (_options.SequenceTime.TotalSeconds * decoding) + (prefillTokens / _options.PrefillRate);
        var factor = _options.Jitter == 0 ? 1 : 1 + Math.Clamp(_options.Jitter * _random.NextNormal(), -WidestJitter, WidestJitter);

        // A step that takes no time would never let time go on.
        return Math.Max(1, (long)Math.Round(1e9 * seconds * factor));
    }
}
