using System.CommandLine;
using Assay.Cli;

var root = new RootCommand("Assay measures how good, how fast and how costly a model is.\n\nExample:\n  assay quickstart")
{
    QuickstartCommand.Create(),
    RunCommand.Create(),
    TrainCommand.Create(),
    LoadCommand.Create(),
    ServeCommand.Create(),
    SimulateCommand.Create(),
    RunsCommand.Create(),
    ReportCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    PowerCommand.Create(),
    MetricsCommand.Create(),
    TextMetricsCommand.Create(),
    ProfileCommand.Create(),
    DriftCommand.Create(),
    TasksCommand.Create(),
    EvalCommand.Create(),
    RescoreCommand.Create(),
    CompareCommand.Create(),
};
return await CommandLine.InvokeAsync(root, args).ConfigureAwait(false);
