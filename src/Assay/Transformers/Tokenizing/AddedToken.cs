namespace Assay.Transformers.Tokenizing;

// A token that is found in the text before all else. Special: markup, which decoding leaves out. Normalized: looked for in the normalized text.
sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized);
