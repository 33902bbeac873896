namespace Assay.Data.Drift;

/// <summary>
/// Whether a classifier can tell the texts of two samples apart, <c>abs_text_content_drift</c> and <c>perc_text_content_drift</c>. Half of the
/// texts teach it, the other half judge it. Evidently's test, with other features: pairs and triples of characters in place of English words,
/// so that any language and script counts, and a logistic regression. Figures therefore differ a little from Evidently's.
/// </summary>
public static class TextContent
{
    /// <summary>Texts of a side that are looked at: all, or a random so many.</summary>
    public const int MostTexts = 2000;

    const int Fewest = 4;
    const int Epochs = 10;
    const double Rate = 0.5;

    /// <summary>
    /// Statistic and effect <c>roc_auc</c>, on texts that the classifier has not seen: 0.5, nothing tells them apart; 1, all does. The p-value
    /// is that of as large an area by chance, one-sided. NaN for fewer than 4 texts on a side.
    /// </summary>
    /// <param name="reference">Of each text the first 2000 characters count.</param>
    /// <param name="current">Likewise.</param>
    /// <param name="seed">Of the sample and the halves.</param>
    public static TestResult Test(IReadOnlyList<string> reference, IReadOnlyList<string> current, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        if (Math.Min(reference.Count, current.Count) < Fewest)
        {
            return new TestResult(double.NaN, double.NaN, double.NaN, "roc_auc");
        }

        var random = new SeededRandom(seed);
        var (learnA, judgeA) = Halves(reference, random);
        var (learnB, judgeB) = Halves(current, random);
        var features = TextFeatures.Fit([.. learnA, .. learnB]);
        var weights = Learn(Array.ConvertAll(learnA, features.Of), Array.ConvertAll(learnB, features.Of), random);
        var scoresA = Scores(judgeA, features, weights);
        var scoresB = Scores(judgeB, features, weights);
        var ranks = MannWhitney.Test(scoresA, scoresB);
        var area = (1 + ranks.Effect) / 2;
        var p = double.IsNaN(ranks.PValue!.Value) ? 1 : area > 0.5 ? ranks.PValue.Value / 2 : 1 - (ranks.PValue.Value / 2);
        return new TestResult(area, p, area, "roc_auc");
    }

    static (string[] Learn, string[] Judge) Halves(IReadOnlyList<string> texts, SeededRandom random)
    {
        var rows = Enumerable.Range(0, texts.Count).ToArray();
        random.Shuffle(rows.AsSpan());
        var taken = Math.Min(rows.Length, MostTexts);
        return ([.. rows.Take(taken / 2).Select(row => texts[row])], [.. rows.Take(taken).Skip(taken / 2).Select(row => texts[row])]);
    }

    // Logistic regression by AdaGrad, an example at a time.
    static double[] Learn((int[] Places, double[] Values)[] reference, (int[] Places, double[] Values)[] current, SeededRandom random)
    {
        var examples = reference.Select(text => (Text: text, Label: 0)).Concat(current.Select(text => (Text: text, Label: 1))).ToArray();
        var (weights, squares) = (new double[TextFeatures.Width], new double[TextFeatures.Width]);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(examples.AsSpan());
            foreach (var ((places, values), label) in examples)
            {
                var error = (1 / (1 + Math.Exp(-Score(places, values, weights)))) - label;
                for (var i = 0; i < places.Length; i++)
                {
                    var gradient = error * values[i];
                    squares[places[i]] += gradient * gradient;
                    weights[places[i]] -= gradient == 0 ? 0 : Rate * gradient / Math.Sqrt(squares[places[i]]);
                }
            }
        }

        return weights;
    }

    static double[] Scores(string[] texts, TextFeatures features, double[] weights)
    {
        var scores = Array.ConvertAll(texts, text =>
        {
            var (places, values) = features.Of(text);
            return Score(places, values, weights);
        });
        Array.Sort(scores);
        return scores;
    }

    static double Score(int[] places, double[] values, double[] weights)
    {
        var score = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            score += values[i] * weights[places[i]];
        }

        return score;
    }
}
