using System.Globalization;
using System.Text;
using System.Xml;

namespace Assay.Reporting;

/// <summary>
/// JUnit XML, as CI servers read it: a test for each gate, which fails when it does not hold, and one for each task and model, which is an
/// error when it was not done; other stages that were not done are errors too.
/// </summary>
public sealed class JUnitReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "junit.xml";

    /// <inheritdoc/>
    public async Task WriteAsync(Report report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) }))
        {
            Write(xml, report);
        }

        buffer.WriteByte((byte)'\n');
        buffer.Position = 0;
        await buffer.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    static void Write(XmlWriter xml, Report report)
    {
        Case[] gates = [.. report.Gates.Select(gate => new Case(gate.Condition, 0, gate.Holds ? null : ("failure", GateText.Of(gate)), gate.Holds ? GateText.Of(gate) : null))];
        Case[] tasks = [.. report.Tasks.Select(task => OfTask(report, task))];
        Case[] stages = [.. report.Stages.Where(stage => stage.State != "done" && !report.Tasks.Any(task => NameOf(task) == stage.Name))
            .Select(stage => new Case(stage.Name, stage.Seconds, ("error", $"{stage.State}: {stage.Summary}"), null))];
        Case[] all = [.. gates, .. tasks, .. stages];
        xml.WriteStartElement("testsuites");
        Counts(xml, report.Name, all, report.Seconds);
        foreach (var (suite, cases) in new[] { ("gates", gates), ("tasks", tasks), ("stages", stages) })
        {
            if (cases.Length > 0)
            {
                Suite(xml, report, suite, cases);
            }
        }

        xml.WriteEndElement();
    }

    static Case OfTask(Report report, TaskSection task)
    {
        var stage = report.Stages.FirstOrDefault(stage => stage.Name == NameOf(task));
        var figures = report.Estimates.Where(estimate => estimate.Stage == "evaluate" && estimate.Slice is null && (estimate.Task, estimate.Model, estimate.Filter) == (task.Task, task.Model, task.Filter));
        return new Case(
            $"{task.Task} {task.Model} {task.Filter}",
            stage?.Seconds ?? 0,
            stage is null or { State: "done" } ? null : ("error", $"{stage.State}: {stage.Summary}"),
            string.Join("\n", figures.Select(estimate => $"{estimate.Metric} {NumberText.Of(estimate)}, n {NumberText.Count(estimate.N)}, excluded {NumberText.Count(estimate.Excluded)}")));
    }

    static string NameOf(TaskSection task) => $"evaluate {task.Task} {task.Model}";

    static void Suite(XmlWriter xml, Report report, string suite, Case[] cases)
    {
        xml.WriteStartElement("testsuite");
        Counts(xml, $"{report.Name}.{suite}", cases, cases.Sum(item => item.Seconds));
        xml.WriteAttributeString("timestamp", report.Started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var item in cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean($"{report.Name}.{suite}"));
            xml.WriteAttributeString("name", Clean(item.Name));
            xml.WriteAttributeString("time", Text(item.Seconds));
            if (item.Fault is (var kind, var message))
            {
                xml.WriteStartElement(kind);
                xml.WriteAttributeString("message", Clean(message));
                xml.WriteString(Clean($"{item.Name}: {message}"));
                xml.WriteEndElement();
            }

            if (!string.IsNullOrEmpty(item.Output))
            {
                xml.WriteElementString("system-out", Clean(item.Output));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static void Counts(XmlWriter xml, string name, Case[] cases, double seconds)
    {
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("tests", NumberText.Count(cases.Length));
        xml.WriteAttributeString("failures", NumberText.Count(cases.Count(item => item.Fault?.Kind == "failure")));
        xml.WriteAttributeString("errors", NumberText.Count(cases.Count(item => item.Fault?.Kind == "error")));
        xml.WriteAttributeString("time", Text(seconds));
    }

    static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    // XML has no control characters and no lone surrogates.
    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value >= 0x10000 || XmlConvert.IsXmlChar((char)rune.Value) ? clean.Append(rune.ToString()) : clean.Append('\uFFFD');
        }

        return clean.ToString();
    }

    sealed record Case(string Name, double Seconds, (string Kind, string Message)? Fault, string? Output);
}
