using System.Text.Json;
using System.Text.Json.Serialization;
using MailIntake.Mail.Mime;

namespace MailIntake.Mail.Tests.Mime;

internal sealed record ExpectedFile(string? Name, string Sha256);

internal sealed record ExpectedMessage(string Subject, IReadOnlyList<ExpectedFile> Files);

/// <summary>What stands in the JSON beside a message of the corpus.</summary>
internal sealed record Expectation(
    string Subject,
    MailAddress? From,
    string Text,
    IReadOnlyList<ExpectedFile> Files,
    IReadOnlyList<string> Faults,
    IReadOnlyList<MailAddress>? To = null,
    IReadOnlyList<string>? References = null,
    string? InReplyTo = null,
    IReadOnlyList<bool>? Inline = null,
    IReadOnlyList<ExpectedMessage>? Messages = null,
    IReadOnlyList<string>? Signed = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Expectation Of(string name) => JsonSerializer.Deserialize<Expectation>(File.ReadAllText(Path.Combine(Corpus.Folder, name + ".json")), Json)!;
}
