namespace MailIntake.Documents;

/// <summary>What sort of file it is.</summary>
public enum DocumentShape
{
    /// <summary>Anything else.</summary>
    Unknown,

    /// <summary>Text that flows.</summary>
    Document,

    /// <summary>A PDF without text.</summary>
    Scan,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Slides.</summary>
    Slides,

    /// <summary>A film.</summary>
    Video,

    /// <summary>A spreadsheet.</summary>
    Sheet,

    /// <summary>A container (zip, rar, 7z, a mail).</summary>
    Container,

    /// <summary>A program.</summary>
    Program,
}
