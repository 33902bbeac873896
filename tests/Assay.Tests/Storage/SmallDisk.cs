using System.Diagnostics;

namespace Assay.Tests.Storage;

/// <summary>A file system in memory of a given size, which only root on Linux may mount.</summary>
public sealed class SmallDisk : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-disk-");
    readonly bool _mounted;

    public SmallDisk(string size)
    {
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", _folder.FullName);
        if (!_mounted)
        {
            _folder.Delete();
            Assert.Skip("skipped: mounting a small disk needs root on Linux");
        }
    }

    public string Store => Path.Combine(_folder.FullName, "runs.db");

    /// <summary>Leaves this many bytes free, by a file that <see cref="MakeRoom"/> deletes.</summary>
    public void Fill(long free)
    {
        using var filler = File.Create(Filler);
        filler.Write(new byte[new DriveInfo(_folder.FullName).AvailableFreeSpace - free]);
    }

    public void MakeRoom() => File.Delete(Filler);

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", _folder.FullName));

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", "--lazy", _folder.FullName);
            _folder.Delete();
        }
    }

    string Filler => Path.Combine(_folder.FullName, "filler");

    static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
