using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MailIntake.Documents.Tests")]
