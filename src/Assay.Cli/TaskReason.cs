using Assay.Tasks;

namespace Assay.Cli;

/// <summary>Why a task does not run, in words that many tasks share.</summary>
static class TaskReason
{
    public static string Of(TaskFile file)
    {
        string[] functions = [.. file.Problems.Select(problem => problem.Function).OfType<string>().Select(function => function.Split(':')[0]).Distinct().Order(StringComparer.Ordinal)];
        return functions.Length > 0
            ? $"a Python function for {string.Join(", ", functions)}"
            : file.Problems[0].Message is var message && message.IndexOf('.', StringComparison.Ordinal) is > 0 and var end ? message[..end] : file.Problems[0].Message;
    }
}
