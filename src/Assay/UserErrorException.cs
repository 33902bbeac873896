namespace Assay;

/// <summary>
/// The user's input is wrong. The message says what was found, where, what was expected and what to do; the command line prints
/// it and exits with 2. Anything else that is thrown is a bug.
/// </summary>
public sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
