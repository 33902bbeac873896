using Assay.Tasks.Templates;

namespace Assay.Tasks.Functions;

/// <summary>Winogrande: a sentence with a blank; each choice fills it, and the rest of the sentence is judged. Rule: lm-evaluation-harness, winogrande.</summary>
static class Winogrande
{
    public static object? Text(Document document) => PythonText.Str(document["answer"]) switch
    {
        "1" => 0L,
        "2" => 1L,
        var other => throw new UserErrorException($"{document.Location}: the answer is '{other}'. winogrande needs '1' or '2'; the test split has none, evaluate the validation split."),
    };

    public static object? Target(Document document)
    {
        var (sentence, blank) = Sentence(document);
        return PythonString.Trim(sentence[(blank + 1)..], null);
    }

    public static object? Choices(Document document)
    {
        var (sentence, blank) = Sentence(document);
        return new List<object?> { sentence[..blank] + PythonText.Str(document["option1"]), sentence[..blank] + PythonText.Str(document["option2"]) };
    }

    static (string Text, int Blank) Sentence(Document document)
    {
        var sentence = PythonText.Str(document["sentence"]);
        return sentence.IndexOf('_', StringComparison.Ordinal) is >= 0 and var blank
            ? (sentence, blank)
            : throw new UserErrorException($"{document.Location}: the sentence has no blank '_', which winogrande needs: '{sentence}'.");
    }
}
