using System.Runtime.InteropServices;

namespace Assay.Data.Drift;

/// <summary>
/// Texts as vectors of how often pairs and triples of characters occur, hashed: scikit-learn's TF-IDF with sublinear counts, smooth document
/// frequencies, without what is in more than half of the texts, of length 1.
/// </summary>
sealed class TextFeatures
{
    /// <summary>Places of a vector.</summary>
    public const int Width = 1 << 18;

    const int MostCharacters = 2000;
    const double MostDocuments = 0.5;

    readonly double[] _rarity;

    TextFeatures(double[] rarity)
    {
        _rarity = rarity;
    }

    public static TextFeatures Fit(string[] texts)
    {
        var rarity = new double[Width];
        foreach (var place in texts.SelectMany(text => Counts(text).Keys))
        {
            rarity[place]++;
        }

        for (var place = 0; place < Width; place++)
        {
            rarity[place] = rarity[place] > MostDocuments * texts.Length ? 0 : Math.Log((1.0 + texts.Length) / (1 + rarity[place])) + 1;
        }

        return new TextFeatures(rarity);
    }

    public (int[] Places, double[] Values) Of(string text)
    {
        var counts = Counts(text).Where(count => _rarity[count.Key] > 0).ToArray();
        var places = Array.ConvertAll(counts, count => count.Key);
        var values = Array.ConvertAll(counts, count => (1 + Math.Log(count.Value)) * _rarity[count.Key]);
        var length = Math.Sqrt(values.Sum(value => value * value));
        return (places, length == 0 ? values : Array.ConvertAll(values, value => value / length));
    }

    // In lower case, between two blanks: a word's first and last letters are pairs of their own.
    static Dictionary<int, int> Counts(string text)
    {
        var counts = new Dictionary<int, int>();
        var padded = $" {(text.Length > MostCharacters ? text[..MostCharacters] : text).ToLowerInvariant()} ";
        for (var i = 0; i + 1 < padded.Length; i++)
        {
            var pair = (padded[i] * 0x9E3779B1u) ^ (padded[i + 1] * 0x85EBCA6Bu);
            Count(pair);
            if (i + 2 < padded.Length)
            {
                Count((pair ^ 0x27D4EB2Fu) + (padded[i + 2] * 0xC2B2AE35u));
            }
        }

        return counts;

        void Count(uint hash)
        {
            // The high bits of a product depend on all of the factor.
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (int)((hash * 0x9E3779B1u) >> 14), out _)++;
        }
    }
}
