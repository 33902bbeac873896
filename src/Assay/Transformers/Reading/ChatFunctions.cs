using System.Globalization;
using System.Text;
using Assay.Tasks.Templates;

namespace Assay.Transformers.Reading;

// The functions that transformers gives to chat templates.
static class ChatFunctions
{
    public static Callable RaiseException { get; } = new("raise_exception", arguments =>
        throw new TemplateFault($"the template refuses the conversation: {PythonText.Str(arguments.Bind(1, ("message", null))[0])}"));

    public static Callable FormatNow(TimeProvider clock) => new("strftime_now", arguments =>
        Format(clock.GetLocalNow(), PythonText.Str(arguments.Bind(1, ("format", null))[0])));

    // The codes of strftime that dates in prompts use, in English.
    static string Format(DateTimeOffset now, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || ++i == format.Length)
            {
                text.Append(format[Math.Min(i, format.Length - 1)]);
                continue;
            }

            text.Append(format[i] switch
            {
                'Y' => now.ToString("yyyy", CultureInfo.InvariantCulture),
                'm' => now.ToString("MM", CultureInfo.InvariantCulture),
                'd' => now.ToString("dd", CultureInfo.InvariantCulture),
                'b' => now.ToString("MMM", CultureInfo.InvariantCulture),
                'B' => now.ToString("MMMM", CultureInfo.InvariantCulture),
                'A' => now.ToString("dddd", CultureInfo.InvariantCulture),
                'H' => now.ToString("HH", CultureInfo.InvariantCulture),
                'M' => now.ToString("mm", CultureInfo.InvariantCulture),
                'S' => now.ToString("ss", CultureInfo.InvariantCulture),
                '%' => "%",
                _ => throw new TemplateFault($"'strftime_now' does not know '%{format[i]}'; known: %Y %m %d %b %B %A %H %M %S"),
            });
        }

        return text.ToString();
    }
}
