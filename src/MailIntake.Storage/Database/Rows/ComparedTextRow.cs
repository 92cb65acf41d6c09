using NodaTime;

namespace MailIntake.Storage.Database.Rows;

/// <summary>The text of a material that is compared with those of other units and years (与往年及其他单位材料比对).</summary>
public sealed class ComparedTextRow
{
    /// <summary>The material; key.</summary>
    public long MaterialId { get; set; }

    /// <summary>The material.</summary>
    public MaterialRow? Material { get; set; }

    /// <summary>Its text, as far as it is compared.</summary>
    public required string Text { get; set; }

    /// <summary>How the signature was made: version of the method and of the common texts; empty before it is made.</summary>
    public string SignatureVersion { get; set; } = "";

    /// <summary>The signature, 512 bytes; empty before it is made, and where the text is too short for one.</summary>
    public byte[] Signature { get; set; } = [];

    /// <summary>It was compared since it was filed last.</summary>
    public bool IsCompared { get; set; }

    /// <summary>When it was first found to resemble an earlier one; null where it does not.</summary>
    public Instant? FoundAt { get; set; }
}
