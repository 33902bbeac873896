using System.Reflection;

namespace Assay;

/// <summary>The version of this library.</summary>
public static class AssayVersion
{
    /// <summary>As in Directory.Build.props: 0.1.0.</summary>
    public static string Text { get; } = typeof(AssayVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
