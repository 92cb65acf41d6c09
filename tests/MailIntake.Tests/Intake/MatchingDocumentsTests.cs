using MailIntake.Commands;
using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Units;
using MailIntake.Intake;
using MailIntake.Intake.Reading;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

/// <summary>The unit of documents without a mail, and of mail from a domain that is known and an address that is not.</summary>
public sealed class MatchingDocumentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailintake-documents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_field_of_a_form_gives_a_bare_document_its_unit()
    {
        var found = await InspectAsync("申报表.docx", WordForm.Write("职工码上议事厅平台", "昌黎县总工会"));

        Assert.Equal("changli", found.Unit?.Unit?.Code);
        Assert.Equal(["form-field"], found.Unit?.Because.Codes);
    }

    [Fact]
    public async Task The_line_that_a_writeup_is_signed_with_gives_a_bare_document_its_unit()
    {
        var found = await InspectAsync("总结材料.txt", Post.Writeup("职工码上议事厅平台\n昌黎县总工会").Content.ToArray());

        Assert.Equal("changli", found.Unit?.Unit?.Code);
        Assert.Equal(["body"], found.Unit?.Because.Codes);
    }

    [Fact]
    public async Task A_unit_that_the_text_of_a_bare_document_only_speaks_of_is_not_its_unit()
    {
        var found = await InspectAsync("总结材料.txt", Post.Writeup("职工码上议事厅平台", more: "我们赴昌黎县总工会学习，与昌黎县总工会共建。").Content.ToArray());

        Assert.Null(found.Unit?.Unit);
    }

    [Fact]
    public async Task A_bare_piece_of_evidence_is_not_of_the_unit_that_signed_it()
    {
        var found = await InspectAsync("领导批示.txt", "关于推广的通报\n昌黎县总工会\n2018年9月1日"u8.ToArray());

        Assert.Null(found.Unit?.Unit);
    }

    [Fact]
    public async Task Mail_from_a_known_domain_and_an_unknown_address_waits_for_staff()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await bench.WriteAsync(d =>
        {
            var unit = d.Units.Single(u => u.Code == "yanda");
            unit.AddressesJson = """["gonghui@ysu.example"]""";
        });

        var mail = await bench.ReceiveAsync(Post.Letter("someone@ysu.example", "材料", "见附件", files: Post.Brief("职工“码上议事厅”")));

        Assert.Equal((MessageState.Held, null), (mail.State, mail.UnitCode));
        var because = Because.Read(mail.BecauseJson)!;
        Assert.Equal([HeldReasons.UnitUnknown, "sender-domain"], because.Codes);
        Assert.Equal(["yanda"], because.Candidates);
    }

    private async Task<Inspection> InspectAsync(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        var campaigns = Path.Combine(AppContext.BaseDirectory, "campaigns");
        var campaign = CampaignFile.Read(await File.ReadAllTextAsync(Path.Combine(campaigns, "2018-innovation.json"), TestContext.Current.CancellationToken)).Campaign!;
        var roster = RosterCsv.Read(await File.ReadAllBytesAsync(Path.Combine(campaigns, "2018-roster.csv"), TestContext.Current.CancellationToken)).Roster!;
        var inspector = new Inspector(campaign, roster, new DocumentReaderOptions(), MailReaderOptions.Default, 0.6);
        return await inspector.InspectAsync(path, name, TestContext.Current.CancellationToken);
    }
}
