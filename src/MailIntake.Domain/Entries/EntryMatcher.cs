namespace MailIntake.Domain.Entries;

/// <summary>Finds the entry a title belongs to (归属成果).</summary>
public static class EntryMatcher
{
    /// <summary>
    /// The entry among <paramref name="entries"/> whose title means the same as <paramref name="title"/>
    /// (quotation marks, width, traditional characters, words like 关于 and 的创新成果 aside); null for a new one.
    /// </summary>
    public static Entry? Find(IEnumerable<Entry> entries, string title) => throw new NotImplementedException();

    /// <summary>The form in which titles are compared: simplified, half-width, without punctuation and filler words.</summary>
    public static string Normalize(string title) => throw new NotImplementedException();

    /// <summary>The title in a file name such as <c>海港区总工会《码上议事厅》申报表（盖章）.docx</c>; null where it holds none.</summary>
    /// <param name="fileName">The file name with or without extension.</param>
    /// <param name="unitNames">Names of the unit, which are no title.</param>
    /// <param name="materialWords">Words for kinds of material, which are no title.</param>
    public static string? TitleFromFileName(string fileName, IEnumerable<string> unitNames, IEnumerable<string> materialWords) =>
        throw new NotImplementedException();
}
