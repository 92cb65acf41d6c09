#if MAILKIT
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using MailIntake.Kit;
using Xunit;

namespace MailIntake.Mail.Tests.Messages;

/// <summary>MimeKit asks for its charsets once in a process, so what comes first is tried in one of its own.</summary>
public sealed class KitCharsetTests
{
    [Fact]
    public async Task A_mailbox_used_before_the_first_message_left_Chinese_charsets_unknown()
    {
        // The program of the tests runs one of them alone; its library is what the runner has loaded.
        var program = Path.ChangeExtension(typeof(KitCharsetTests).Assembly.Location, null);
        using var process = Process.Start(new ProcessStartInfo(program)
        {
            ArgumentList = { "-method", $"{typeof(KitCharsetTests).FullName}.{nameof(A_message_in_Big5_is_read_after_a_mailbox_was_used)}" },
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("Total: 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_in_Big5_is_read_after_a_mailbox_was_used()
    {
        RuntimeHelpers.RunClassConstructor(typeof(KitMailbox).TypeHandle);
        var address = typeof(KitMailbox).Assembly.GetReferencedAssemblies().Single(a => a.Name == "MimeKit");
        var parse = Assembly.Load(address).GetType("MimeKit.MailboxAddress")!.GetMethod("Parse", [typeof(string)])!;
        Assert.Equal("\"海港区\" <hgq@example.com>", parse.Invoke(null, ["海港区 <hgq@example.com>"])!.ToString());

        byte[] big5 = [.. "Subject: x\r\nContent-Type: text/plain; charset=big5\r\n\r\n"u8, 0xA4, 0xA4, 0xA4, 0xE5, .. "\r\n"u8];

        Assert.Equal("中文", new KitMessageReader().Read(big5).Root.ReadText().Trim());
    }
}
#endif
