using System.IO.MemoryMappedFiles;

namespace Assay.Transformers.Reading;

// The bytes of a file (or of a resource of an assembly, which the runtime has mapped already) at a fixed address, without a copy.
sealed unsafe class MappedBytes : IDisposable
{
    readonly MemoryMappedViewAccessor? _view;
    readonly UnmanagedMemoryStream? _resource;

    MappedBytes(string name, UnmanagedMemoryStream resource)
    {
        Name = name;
        _resource = resource;
        Address = resource.PositionPointer;
        Length = resource.Length;
    }

    MappedBytes(string name, FileStream file)
    {
        Name = name;
        Length = file.Length;
        if (Length > 0)
        {
            // The view outlives the map and the file's handle.
            using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* address = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
            Address = address;
        }
    }

    // For messages: the path of the file.
    public string Name { get; }

    public byte* Address { get; }

    public long Length { get; }

    public static MappedBytes OfFile(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return new MappedBytes(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the weights cannot be read ({e.Message.TrimEnd('.')}). A safetensors file is expected. Check the path.", e);
        }
    }

    public static MappedBytes OfResource(string name, Stream resource) => new(name, (UnmanagedMemoryStream)resource);

    public void Dispose()
    {
        // Once: a model and the folder it was made of both let go of the weights.
        if (_view is { SafeMemoryMappedViewHandle.IsClosed: false })
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }

        _resource?.Dispose();
    }
}
