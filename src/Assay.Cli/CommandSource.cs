using System.CommandLine;
using System.CommandLine.Parsing;

namespace Assay.Cli;

/// <summary>A command line as it stands in place of a spec in the store: what was asked for, without where its results go.</summary>
static class CommandSource
{
    public static string Of(string command, ParseResult arguments, IReadOnlyCollection<Option> means) =>
        $"# assay {command} {string.Join(' ', arguments.CommandResult.Children.SelectMany(child => child switch
        {
            OptionResult { Implicit: false } option when !RunOptions.All.Contains(option.Option) && !means.Contains(option.Option) => option.Tokens.Select(token => token.Value).Prepend(option.Option.Name),
            ArgumentResult argument => argument.Tokens.Select(token => token.Value),
            _ => [],
        }))}\n";
}
