namespace Assay.Statistics;

/// <summary>
/// Intervals of any function of a table of counts, such as a confusion matrix. Resampling n rows with replacement and counting them
/// again is one multinomial draw over the cells, so a round costs as many steps as there are cells, whatever n is.
/// </summary>
public static class MultinomialBootstrap
{
    // The posterior's draws of probabilities are handed to the statistic as counts out of this many.
    const double PosteriorTotal = 1e12;

    /// <summary>
    /// BCa (method <c>bootstrap-bca</c>). Resamples where the statistic is undefined are left out. Where all of them give the same
    /// value (nothing is wrong, or nothing is right) the bootstrap knows no uncertainty; then the interval is that of a Jeffreys
    /// posterior, widened to hold the value (method <c>jeffreys</c>). Null when the value is undefined, no resample has one, or the posterior is sure, as of a table of one cell.
    /// </summary>
    /// <param name="cells">Counts, 0 or more.</param>
    /// <param name="statistic">Depends on the proportions of the counts only; NaN where undefined.</param>
    /// <param name="options">Rounds, confidence, seed.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    public static Interval? Interval(
        ReadOnlySpan<long> cells, Func<ReadOnlySpan<long>, double> statistic, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(options);
        var value = statistic(cells);
        if (!double.IsFinite(value))
        {
            return null;
        }

        var replicates = Replicates(cells, statistic, options, Resample, cancellationToken);
        if (replicates.Length == 0)
        {
            return null;
        }

        if (replicates[0] != replicates[^1])
        {
            return BcaInterval.Of(value, replicates, BcaInterval.Acceleration(LeaveOneOut(cells, statistic, cancellationToken), cells), options.Confidence);
        }

        var draws = Replicates(cells, statistic, options, DrawPosterior, cancellationToken);
        var tail = (1 - options.Confidence) / 2;

        // A table of one cell has nothing else to be: no width is better than a width of 0.
        return draws.Length == 0 || draws[0] == draws[^1]
            ? null
            : new Interval(
                Math.Min(value, QuantileInterval.Type7(draws, tail)), Math.Max(value, QuantileInterval.Type7(draws, 1 - tail)), "jeffreys");
    }

    static double[] Replicates(
        ReadOnlySpan<long> cells,
        Func<ReadOnlySpan<long>, double> statistic,
        BootstrapOptions options,
        Action<SeededRandom, ReadOnlySpan<long>, Span<long>> draw,
        CancellationToken cancellationToken)
    {
        var random = new SeededRandom(options.Seed);
        var table = new long[cells.Length];
        var replicates = new List<double>(options.Rounds);
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            draw(random, cells, table);
            var replicate = statistic(table);
            if (double.IsFinite(replicate))
            {
                replicates.Add(replicate);
            }
        }

        replicates.Sort();
        return [.. replicates];
    }

    // A multinomial draw is a chain of binomials: each cell takes its share of what the cells before it left.
    static void Resample(SeededRandom random, ReadOnlySpan<long> cells, Span<long> table)
    {
        var mass = Sum(cells);
        var rows = mass;
        for (var i = 0; i < cells.Length; i++)
        {
            table[i] = cells[i] == 0 ? 0 : BinomialSampler.Next(random, rows, (double)cells[i] / mass);
            rows -= table[i];
            mass -= cells[i];
        }
    }

    // Jeffreys' prior puts 1/2 on each cell. Beyond four cells that would outweigh the data of a small sample (45 errors that
    // nobody made, with ten classes), so the prior's total stays at the 2 that it has in a table of two classes.
    static void DrawPosterior(SeededRandom random, ReadOnlySpan<long> cells, Span<long> table)
    {
        var prior = Math.Min(0.5, 2.0 / cells.Length);
        var draws = new double[cells.Length];
        for (var i = 0; i < draws.Length; i++)
        {
            draws[i] = GammaSampler.Next(random, cells[i] + prior);
        }

        var sum = draws.Sum();
        for (var i = 0; i < draws.Length; i++)
        {
            table[i] = (long)Math.Round(draws[i] / sum * PosteriorTotal);
        }
    }

    static double[] LeaveOneOut(ReadOnlySpan<long> cells, Func<ReadOnlySpan<long>, double> statistic, CancellationToken cancellationToken)
    {
        var table = cells.ToArray();
        var leftOut = new double[cells.Length];
        for (var i = 0; i < table.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table[i] > 0)
            {
                table[i]--;
                leftOut[i] = statistic(table);
                table[i]++;
            }
        }

        return leftOut;
    }

    static long Sum(ReadOnlySpan<long> cells)
    {
        var sum = 0L;
        foreach (var cell in cells)
        {
            sum += cell;
        }

        return sum;
    }
}
