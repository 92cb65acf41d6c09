namespace MailIntake.Storage.Files;

/// <summary>
/// The folder tree that staff open:
/// <c>2018/县区/海港区总工会/2018-haigang-01 成果名称/申报表.v2.docx</c>. It holds copies; the truth is archive and database.
/// </summary>
public sealed class StaffTree
{
    /// <summary>A tree below that folder, which is made where it is missing.</summary>
    public StaffTree(string root) => throw new NotImplementedException();

    /// <summary>The path for one version of a material, relative, with <c>/</c>; every part is sanitised and at most 200 bytes of UTF-8.</summary>
    public static string PathFor(TreePlace place) => throw new NotImplementedException();

    /// <summary>Puts a file in place durably enough to survive a crash of the process (written aside, renamed); the same bytes twice change nothing.</summary>
    public Task PutAsync(string treePath, Func<Stream> open, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Moves what was filed under a path that is no longer right (an entry got its title).</summary>
    public void Move(string oldTreePath, string newTreePath) => throw new NotImplementedException();
}

/// <summary>Where a material belongs.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Category">Chinese folder name of the category: 县区, 系统, 产业, 直属基层, 机关部室.</param>
/// <param name="UnitName">Unit.</param>
/// <param name="EntryCode">Entry.</param>
/// <param name="EntryTitle">Title; null while unknown.</param>
/// <param name="MaterialName">Chinese name of the material; the file's own name for evidence and other files.</param>
/// <param name="Version">Version.</param>
/// <param name="FileName">The file's own name, for its extension.</param>
public sealed record TreePlace(
    string Campaign, string Category, string UnitName, string EntryCode, string? EntryTitle, string MaterialName, int Version, string FileName);
