using System.Runtime.CompilerServices;
using Assay.Results;

namespace Assay.Cli;

/// <summary>A file of records, one a line, as <c>--records</c> writes it.</summary>
static class RecordFile
{
    /// <summary>Its records in their order, streamed.</summary>
    /// <exception cref="UserErrorException">A line is no record; the message has the file and the line.</exception>
    public static async IAsyncEnumerable<Record> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            yield return Parse(path, number, line);
        }
    }

    static Record Parse(string path, int number, string line)
    {
        try
        {
            return RecordJson.Parse(line);
        }
        catch (UserErrorException problem)
        {
            throw new UserErrorException($"{path}:{number}: {problem.Message}", problem);
        }
    }
}
