using System.Globalization;

using MailIntake.Domain.Similarity;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Intake.Similarity;

/// <summary>Signs the texts that are kept for comparison: when they are filed, and again when the method or the common texts have changed.</summary>
internal static class SignedTexts
{
    /// <summary>Names how signatures are made; those of another version are not to be compared.</summary>
    public static string Version(CommonTexts common) => string.Create(CultureInfo.InvariantCulture, $"{TextSignature.Version}:{common.Id}");

    /// <summary>Signs a text; one that says too little gets no signature and resembles nothing.</summary>
    public static void Sign(ComparedTextRow row, CommonTexts common)
    {
        row.Signature = TextSignature.Of(new ComparableText(row.Text, common))?.ToBytes() ?? [];
        row.SignatureVersion = Version(common);
    }
}
