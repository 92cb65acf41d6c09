using System.Xml.Linq;

namespace MailIntake.Domain.Tests;

/// <summary>References run one way: Domain, Mail and Documents know nobody, Storage knows Domain, the worker composes all.</summary>
public class Architecture
{
    [Theory]
    [InlineData("MailIntake.Domain", "")]
    [InlineData("MailIntake.Mail", "")]
    [InlineData("MailIntake.Documents", "")]
    [InlineData("MailIntake.Storage", "MailIntake.Domain")]
    [InlineData("MailIntake.MailKit", "MailIntake.Mail")]
    [InlineData("MailIntake", "MailIntake.Documents MailIntake.Domain MailIntake.Mail MailIntake.MailKit MailIntake.Storage")]
    public void A_project_references_only_what_it_may(string project, string references) =>
        Assert.Equal(references, string.Join(' ', Included(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)));

    [Fact]
    public void The_domain_has_no_package_but_NodaTime() =>
        Assert.Equal(["NodaTime"], Included("MailIntake.Domain", "PackageReference"));

    [Fact]
    public void Every_project_under_src_has_its_rule_here()
    {
        var projects = Directory.GetDirectories(Path.Combine(Shipped.Root, "src")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

        // MailIntake.MailKit stands behind the same ports and is compiled only on request.
        Assert.Empty(projects.Except(["MailIntake", "MailIntake.Documents", "MailIntake.Domain", "MailIntake.Mail", "MailIntake.MailKit", "MailIntake.Storage"]));
    }

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(Path.Combine(Shipped.Root, "src", project, project + ".csproj"))
            .Descendants(item)
            .Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
