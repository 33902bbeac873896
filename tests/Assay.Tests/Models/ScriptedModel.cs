using Assay.Models;

namespace Assay.Tests.Models;

/// <summary>Gives its responses one after another, the last one for ever.</summary>
sealed class ScriptedModel(params Response[] script) : IModel
{
    int _calls;

    public string Name => "scripted";

    public int Calls => _calls;

    public static Request Ask { get; } = new() { SampleId = "0", Position = 0, Prompt = "twelve bytes" };

    public static Response Busy { get; } = new(null, Outcome.Error, "status 429: busy") { Status = 429, CanPass = true };

    public static Response Good { get; } = new("42", Outcome.Ok) { Status = 200 };

    public ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(script[Math.Min(Interlocked.Increment(ref _calls), script.Length) - 1]);
}
