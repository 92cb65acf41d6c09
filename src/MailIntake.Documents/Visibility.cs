using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MailIntake.Documents.Tests")]
[assembly: InternalsVisibleTo("MailIntake.Benchmarks")]
