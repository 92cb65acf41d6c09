#if MAILKIT
using System.Text.Json;
using MailIntake.Kit;
using MailIntake.Mail.Messages;
using MailIntake.Mail.Tests.Mime;
using Xunit;

namespace MailIntake.Mail.Tests.Messages;

/// <summary>MimeKit, held to the same but for what tests/Corpus/mimekit-differences.json lists.</summary>
public sealed class KitReaderTests : MessageReaderContract
{
    private static readonly IReadOnlyList<KnownDifference> Listed = JsonSerializer.Deserialize<List<KnownDifference>>(
        File.ReadAllText(Path.Combine(Corpus.Folder, "..", "mimekit-differences.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Every_listed_message_is_there() =>
        Assert.Empty(Listed.SelectMany(d => d.Messages).Except(Corpus.Names));

    /// <inheritdoc/>
    protected override IMessageReader Reader { get; } = new KitMessageReader();

    /// <inheritdoc/>
    protected override IEnumerable<string> Known(string name, bool crLf) => Listed.Where(d => d.Messages.Contains(name)).SelectMany(d => d.Fields).Distinct();

    /// <summary>Messages that MimeKit reads in another way.</summary>
    /// <param name="Because">Why, and what it gives instead.</param>
    /// <param name="Fields">What differs.</param>
    /// <param name="Messages">Their names.</param>
    private sealed record KnownDifference(string Because, IReadOnlyList<string> Fields, IReadOnlyList<string> Messages);
}
#endif
