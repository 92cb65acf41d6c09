using FsCheck;

namespace MailIntake.Documents.Tests.Support;

/// <summary>Checks properties on the same cases every time.</summary>
internal static class Seeded
{
    public static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20180428, 4201));
}
