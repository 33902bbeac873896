namespace Assay.Web.Simulation.Batching;

/// <summary>A server without a model: each answer has its first chunk after one delay and the others after another, however many there are.</summary>
/// <param name="first">From the arrival to the first chunk.</param>
/// <param name="gap">From chunk to chunk.</param>
/// <param name="chunkTokens">Tokens of a chunk.</param>
/// <param name="seed">Of the delays; a request's depend on its number alone.</param>
sealed class FixedLatency(Delay first, Delay gap, int chunkTokens, ulong seed) : ITokenEngine
{
    readonly SeededRandom _random = new(seed);
    readonly PriorityQueue<Answer, (long Due, long Order)> _due = new();
    readonly Dictionary<long, Answer> _answers = [];
    EngineCounts _counts = new();

    public long NextDue
    {
        get
        {
            // Those that were cancelled keep their place until it comes.
            while (_due.TryPeek(out var answer, out var at))
            {
                if (!answer.IsCancelled)
                {
                    return at.Due;
                }

                _due.Dequeue();
            }

            return long.MaxValue;
        }
    }

    public EngineCounts Counts => _counts with { Running = _answers.Count };

    public bool Add(in Arrival arrival)
    {
        var answer = new Answer(arrival, first.IsDrawn || gap.IsDrawn ? _random.Derive((ulong)arrival.Id) : null);
        _answers.Add(arrival.Id, answer);
        _due.Enqueue(answer, (arrival.At + first.Nanoseconds(answer.Random), arrival.Id));
        return true;
    }

    public void Cancel(long id)
    {
        if (_answers.Remove(id, out var answer))
        {
            answer.IsCancelled = true;
        }
    }

    public void Advance(long now, ICollection<TokenEvent> due)
    {
        var made = 0L;
        while (NextDue <= now && _due.TryDequeue(out var answer, out var at))
        {
            var tokens = Math.Min(chunkTokens, answer.Arrival.OutputTokens - answer.Made);
            answer.Made += tokens;
            made += tokens;
            var isLast = answer.Made == answer.Arrival.OutputTokens;
            due.Add(new TokenEvent(answer.Arrival.Id, at.Due, tokens, isLast, 0));
            if (isLast)
            {
                _answers.Remove(answer.Arrival.Id);
            }
            else
            {
                _due.Enqueue(answer, (at.Due + gap.Nanoseconds(answer.Random), at.Order));
            }
        }

        _counts = _counts with { GeneratedTokens = _counts.GeneratedTokens + made };
    }

    sealed class Answer(in Arrival arrival, SeededRandom? random)
    {
        public Arrival Arrival { get; } = arrival;

        public SeededRandom? Random => random;

        public int Made { get; set; }

        public bool IsCancelled { get; set; }
    }
}
