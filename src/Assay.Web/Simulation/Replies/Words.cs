using Assay.Web.Simulation.Http;

namespace Assay.Web.Simulation.Replies;

/// <summary>The texts of answers: each token is one word with a blank before it, the first without, so that words count as tokens.</summary>
static class Words
{
    static readonly byte[][] _words =
    [
        .. "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud ullamco laboris nisi aliquip ex ea commodo"
            .Split(' ').Select(word => System.Text.Encoding.ASCII.GetBytes(" " + word)),
    ];

    public static ReadOnlySpan<byte> Of(int index) => index == 0 ? _words[0].AsSpan(1) : _words[index % _words.Length];

    public static void Write(Output output, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            output.Write(Of(i));
        }
    }

    public static string Text(int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(i => System.Text.Encoding.ASCII.GetString(Of(i))));

    /// <summary>Log-probabilities are made up: -0.25, -0.5, -0.75, -1, and so on.</summary>
    public static double LogProbability(int index, int alternative) => -0.25 * (1 + (index % 4) + (4 * alternative));
}
