using MailIntake.Domain.Campaigns;
using MailIntake.Mail.Writing;

namespace MailIntake.Correspondence.Forms;

/// <summary>The blank form (空白申报表) that reminders carry: the campaign's own file, else one drawn from the campaign's form fields.</summary>
internal sealed class BlankForm
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private readonly Lazy<OutgoingFile?> _file;

    /// <summary>The form of a campaign; read when it is first asked for.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="campaignFolder">Folder of the campaign file, which <see cref="Campaign.BlankForm"/> is relative to; null where it was read from elsewhere.</param>
    public BlankForm(Campaign campaign, string? campaignFolder) => _file = new Lazy<OutgoingFile?>(() => Load(campaign, campaignFolder));

    /// <summary>The file; null where the campaign asks for no form.</summary>
    public OutgoingFile? File => _file.Value;

    /// <summary>Its name; null where there is none.</summary>
    public string? FileName => File?.FileName;

    private static OutgoingFile? Load(Campaign campaign, string? campaignFolder)
    {
        if (campaign.BlankForm is { } name)
        {
            var path = Path.Combine(campaignFolder ?? "", name);
            if (System.IO.File.Exists(path))
            {
                return new OutgoingFile(Path.GetFileName(path), MediaType(path), System.IO.File.ReadAllBytes(path));
            }
        }

        return campaign.Requirements.FirstOrDefault(r => r.Form is not null) is { } requirement
            ? new OutgoingFile($"{BlankFormDocument.TitleFor(campaign, requirement)}（空白）.docx", Docx, BlankFormDocument.Write(campaign, requirement))
            : null;
    }

    private static string MediaType(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".DOCX" => Docx,
        ".DOC" => "application/msword",
        ".PDF" => "application/pdf",
        _ => "application/octet-stream",
    };
}
