namespace Assay.Transformers.Tokenizing;

static class Nfc
{
    public static string Compose(string text) => text;
}
