namespace Assay.Results;

/// <summary>Looks after stored runs. Every member throws <see cref="UserErrorException"/> as those of <see cref="IRunStore"/> do. Thread-safe.</summary>
public interface IRunArchive
{
    /// <summary>Gives a run tags and takes tags from it. Runs may share a tag; one that is there already, or not there, is no error.</summary>
    /// <param name="id">The run's.</param>
    /// <param name="add">Tags to give.</param>
    /// <param name="remove">Tags to take; one in both lists is taken.</param>
    /// <param name="cancellationToken">Ends the wait for other writers.</param>
    /// <exception cref="UserErrorException">There is no such run; or a tag cannot tell a run from another: empty, <c>last</c>, <c>passed</c>, with a colon or blanks.</exception>
    ValueTask TagAsync(string id, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken);

    /// <summary>Deletes runs with all that is stored of them, all or none.</summary>
    /// <exception cref="UserErrorException">One is not there, or is being written.</exception>
    ValueTask DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>What is damaged: a sentence each, none of a sound store. Reads every page and every record.</summary>
    IAsyncEnumerable<string> CheckAsync(CancellationToken cancellationToken);
}
