namespace Assay.Storage.Sqlite;

/// <summary>
/// A file beside the store that the writer of a run keeps locked. The operating system lets go of it when the writer ends in
/// whatever way, so a run that is 'running' without it was interrupted: at once, without heartbeats, and whatever became of the
/// process id. Taken and swept only under the store's write lock, so none can be deleted while it is being taken.
/// </summary>
static class RunLock
{
    const int Tries = 100;

    public static async ValueTask<IDisposable> TakeAsync(string store, long run, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(PathOf(store, run), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < Tries)
            {
                // A reader that asks whether it is held holds it for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static bool IsHeld(string store, long run) => IsHeld(PathOf(store, run));

    /// <summary>Deletes what killed writers left.</summary>
    public static void Sweep(string store)
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(store)!, $"{Path.GetFileName(store)}-run*.lock"))
        {
            if (!IsHeld(path))
            {
                File.Delete(path);
            }
        }
    }

    static string PathOf(string store, long run) => $"{store}-run{run}.lock";

    static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
