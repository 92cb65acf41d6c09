using MailIntake.Documents;
using MailIntake.Domain.Campaigns;
using MailIntake.Domain.Similarity;

namespace MailIntake.Intake.Similarity;

/// <summary>The campaign's notice and templates, read from the files beside the campaign file when they are first needed.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="folder">Folder of the campaign file; null where it was read from elsewhere, and then there are none.</param>
/// <param name="reader">Reads them, in any format that units may use.</param>
/// <param name="logger">Is told of a file that cannot be read.</param>
internal sealed class CommonTextFiles(Campaign campaign, string? folder, DocumentReader reader, ILogger<CommonTextFiles> logger)
{
    private CommonTexts? _texts;

    /// <summary>What they say. A file that is missing or says nothing is left out and logged: texts are compared all the same.</summary>
    public async Task<CommonTexts> ReadAsync(CancellationToken cancellation)
    {
        if (_texts is { } known)
        {
            return known;
        }

        var texts = new List<string>();
        foreach (var name in folder is null ? [] : campaign.CommonTexts)
        {
            if (await ReadAsync(Path.Combine(folder!, name), cancellation) is { } text)
            {
                texts.Add(text);
            }
        }

        return _texts = new CommonTexts(texts);
    }

    private async Task<string?> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var reading = await reader.ReadAsync(path, Path.GetFileName(path), words: null, cancellation);
            if (reading.Text is { Length: > 0 } text)
            {
                return text;
            }

            logger.LogWarning("The common text {Path} says nothing: what units copied from it may count as similar", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "The common text {Path} cannot be read: what units copied from it may count as similar", path);
        }

        return null;
    }
}
