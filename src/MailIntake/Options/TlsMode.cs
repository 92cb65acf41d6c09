namespace MailIntake.Options;

/// <summary>How a connection is protected.</summary>
internal enum TlsMode
{
    Implicit,
    StartTls,
    None,
}
