namespace Assay.Metrics.Text;

/// <summary>
/// tercom's greedy search: moves a run of words of the hypothesis to where the reference has it, as long as that lowers the edit distance.
/// Limits and order of preference are tercom's; source: sacrebleu's lib_ter.
/// </summary>
static class TerShifts
{
    const int LongestRun = 10;
    const int FarthestMove = 50;
    const int MostCandidates = 1000;

    /// <summary>Edits and shifts that turn the hypothesis into the reference.</summary>
    public static int Edits(int[] words, int[] reference)
    {
        if (reference.Length == 0)
        {
            return words.Length;
        }

        var (shifts, candidates) = (0, 0);
        var alignment = new TerAlignment(words, reference);
        while (true)
        {
            var (gain, shifted) = Best(words, reference, alignment, ref candidates);
            if (candidates >= MostCandidates || gain <= 0)
            {
                return shifts + alignment.Distance;
            }

            shifts++;
            words = shifted;
            alignment = new TerAlignment(words, reference);
        }
    }

    // The shift that gains most; of equal ones the longest, then the earliest, then the one that goes farthest to the front.
    static (int Gain, int[] Words) Best(int[] words, int[] reference, TerAlignment alignment, ref int candidates)
    {
        var (places, referenceErrors, wordErrors) = (new int[reference.Length], new bool[reference.Length], new bool[words.Length]);
        alignment.Trace(places, referenceErrors, wordErrors);
        var best = (Gain: int.MinValue, Length: 0, Start: 0, Target: 0);
        var bestWords = words;
        foreach (var (start, at, length) in Runs(words, reference))
        {
            var isRight = !wordErrors.AsSpan(start, length).Contains(true) || !referenceErrors.AsSpan(at, length).Contains(true);
            if (isRight || (places[at] >= start && places[at] < start + length))
            {
                continue;
            }

            var last = -1;
            for (var offset = -1; offset < length && at + offset < reference.Length; offset++)
            {
                var target = at + offset == -1 ? 0 : places[at + offset] + 1;
                if (target == last)
                {
                    continue;
                }

                last = target;
                candidates++;
                var shifted = Shift(words, start, length, target);
                var candidate = (alignment.Distance - alignment.DistanceOf(shifted), length, -start, -target);
                if (candidate.CompareTo(best) > 0)
                {
                    (best, bestWords) = (candidate, shifted);
                }
            }

            if (candidates >= MostCandidates)
            {
                break;
            }
        }

        return (best.Gain == int.MinValue ? 0 : best.Gain, bestWords);
    }

    // Runs of words that both have, each with all its beginnings.
    static IEnumerable<(int Start, int At, int Length)> Runs(int[] words, int[] reference)
    {
        for (var start = 0; start < words.Length; start++)
        {
            var end = Math.Min(reference.Length, start + FarthestMove + 1);
            for (var at = Math.Max(0, start - FarthestMove); at < end; at++)
            {
                var longest = Math.Min(LongestRun, Math.Min(words.Length - start, reference.Length - at));
                for (var length = 1; length <= longest && words[start + length - 1] == reference[at + length - 1]; length++)
                {
                    yield return (start, at, length);
                }
            }
        }
    }

    // The target counts places of the unshifted words; within the run itself it is an offset behind it.
    static int[] Shift(int[] words, int start, int length, int target)
    {
        var run = words.AsSpan(start, length);
        if (target < start)
        {
            return [.. words[..target], .. run, .. words[target..start], .. words[(start + length)..]];
        }

        var end = target > start + length ? target : Math.Min(words.Length, length + target);
        return [.. words[..start], .. words[(start + length)..end], .. run, .. words[end..]];
    }
}
