using System.Text;
using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// The sums that perplexities are made of; sums of parts add up to those of the whole. Logarithms are natural. Source: lm-evaluation-harness,
/// api/metrics.py.
/// </summary>
/// <param name="LogLikelihood">Sum of the documents' log-likelihoods, 0 or less.</param>
/// <param name="Documents">How many there are.</param>
/// <param name="Words">Their words.</param>
/// <param name="Bytes">Their bytes in UTF-8.</param>
public readonly record struct Perplexity(double LogLikelihood, long Documents, long Words, long Bytes)
{
    /// <summary>Of one document; words are counted as <c>len(re.split(r"\s+", text))</c>, so that white space at an end counts one.</summary>
    public static Perplexity Of(string text, double logLikelihood)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = 1;
        for (var i = 0; i < text.Length; i++)
        {
            words += UnicodeText.IsSpace(text[i]) && (i == 0 || !UnicodeText.IsSpace(text[i - 1])) ? 1 : 0;
        }

        return new Perplexity(logLikelihood, 1, words, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>The documents of both.</summary>
    public Perplexity Merge(Perplexity other) =>
        new(LogLikelihood + other.LogLikelihood, Documents + other.Documents, Words + other.Words, Bytes + other.Bytes);

    /// <summary><c>perplexity</c>: exp of the mean loss of a document, whatever its length.</summary>
    public MetricValue PerDocument => Per(Documents, "documents");

    /// <summary><c>word_perplexity</c>: exp of the loss per word.</summary>
    public MetricValue PerWord => Per(Words, "words");

    /// <summary><c>byte_perplexity</c>: exp of the loss per byte.</summary>
    public MetricValue PerByte => Per(Bytes, "bytes");

    /// <summary><c>bits_per_byte</c>: the loss per byte in bits.</summary>
    public MetricValue BitsPerByte => Bytes == 0 ? MetricValue.Undefined("there are no bytes") : MetricValue.Of(-LogLikelihood / Bytes / Math.Log(2));

    MetricValue Per(long count, string what) => count == 0 ? MetricValue.Undefined($"there are no {what}") : MetricValue.Of(Math.Exp(-LogLikelihood / count));
}
