using System.Reflection;
using Assay.Statistics;

namespace Assay.Tests.Architecture;

/// <summary>The public API of the library as a list, so that a change of it is seen in review.</summary>
public class PublicApiTests
{
    // ASSAY_UPDATE_SNAPSHOTS=1 writes the list anew.
    [Fact]
    public void The_public_api_is_the_one_that_was_reviewed()
    {
        var path = Repository.PathOf("tests", "Assay.Tests", "Architecture", "PublicApi.txt");
        var found = string.Join('\n', typeof(Estimate).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines)) + "\n";
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, found);
        }

        Assert.Equal(File.ReadAllText(path), found);
    }

    static IEnumerable<string> Lines(Type type) =>
        [TypeLine(type), .. Members(type).Select(member => "  " + member).Order(StringComparer.Ordinal)];

    static string TypeLine(Type type) => $"{Kind(type)} {Name(type)}";

    static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    // What the compiler makes for a record (equality, printing, copying) says nothing.
    static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(Describe).OfType<string>();

    static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{property.Name}: {Name(property.PropertyType)}",
        FieldInfo { IsLiteral: true, DeclaringType.IsEnum: true } value => value.Name,
        FieldInfo { IsSpecialName: false } field => $"{field.Name}: {Name(field.FieldType)}",
        MethodInfo { IsSpecialName: false } method when !IsOfRecord(method) => $"{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
        _ => null,
    };

    static bool IsOfRecord(MethodInfo method) =>
        method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers" || method.Name.StartsWith('<');

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        }

        var name = type.Namespace?.StartsWith("Assay", StringComparison.Ordinal) == true ? type.FullName ?? $"{type.Namespace}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
