namespace MailIntake.Domain.Entries;

/// <summary>How like two titles are, least first.</summary>
public enum TitleLikeness
{
    /// <summary>They mean different entries.</summary>
    Different,

    /// <summary>They quote the same name (“码上议事厅”) and say otherwise nothing in common: the same brand, and nearly always the same entry.</summary>
    NameOnly,

    /// <summary>One is a part, the subtitle or the quoted name of the other, or both say of the same name something alike.</summary>
    Contained,

    /// <summary>They differ in a leading verb, in closing words, or in one slip of the pen.</summary>
    Alike,

    /// <summary>They differ in punctuation and filler words at most.</summary>
    Equal,
}
