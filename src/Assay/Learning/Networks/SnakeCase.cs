using System.Text.Json;

namespace Assay.Learning.Networks;

// Keras' spelling of our names: LeakyRelu is leaky_relu.
static class SnakeCase
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
