using System.Text;
using MailIntake.Mail.Transports;
using Xunit;

namespace MailIntake.Mail.Tests.Transports;

public sealed class MaildirTransportTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("maildir-test-").FullName, "out");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task A_mail_lies_in_new_with_its_envelope_above_it()
    {
        Assert.Equal(SendStatus.Sent, (await SendAsync("Message-ID: <a@x>\r\n\r\n材料\r\n", "u@example.com")).Status);
        Assert.Equal("Return-Path: <us@example.com>\r\nDelivered-To: u@example.com\r\nMessage-ID: <a@x>\r\n\r\n材料\r\n", await File.ReadAllTextAsync(Files("new").Single(), Cancellation));
        Assert.Empty(Files("tmp"));
    }

    [Fact]
    public async Task The_same_Message_ID_twice_is_one_file_even_after_it_was_read()
    {
        await SendAsync("message-id: <a@x>\r\n\r\n1\r\n", "u@example.com");
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        var file = Assert.Single(Files("new"));
        File.Move(file, Path.Combine(_folder, "cur", Path.GetFileName(file) + ":2,S"));
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        Assert.Empty(Files("new"));
    }

    [Fact]
    public async Task A_folded_Message_ID_is_the_same_Message_ID()
    {
        await SendAsync("Message-ID:\r\n <a@x>\r\nDate: 1\r\n\r\n1\r\n", "u@example.com");
        await SendAsync("Date: 2\r\nMessage-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        Assert.Single(Files("new"));
    }

    [Fact]
    public async Task Other_Message_IDs_and_other_recipients_are_other_files()
    {
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        await SendAsync("Message-ID: <b@x>\r\n\r\n1\r\n", "u@example.com");
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "v@example.com");
        await SendAsync("\r\nMessage-ID: <a@x>\r\n", "u@example.com");
        Assert.Equal(4, Files("new").Length);
    }

    [Fact]
    public async Task What_a_crash_left_in_tmp_is_written_over()
    {
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        var file = Files("new").Single();
        File.Move(file, Path.Combine(_folder, "tmp", Path.GetFileName(file)));
        await File.AppendAllTextAsync(Files("tmp").Single(), "torn and longer than before", Cancellation);
        await SendAsync("Message-ID: <a@x>\r\n\r\n1\r\n", "u@example.com");
        Assert.EndsWith("\r\n\r\n1\r\n", await File.ReadAllTextAsync(Files("new").Single(), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_tried_again_later()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        await File.WriteAllTextAsync(_folder, "a file, not a folder", Cancellation);
        Assert.Equal(SendStatus.RetryMessage, (await SendAsync("\r\n", "u@example.com")).Status);
    }

    [Fact]
    public async Task An_address_cannot_add_header_lines() =>
        Assert.Equal(SendStatus.RefusedMessage, (await SendAsync("\r\n", "u@example.com\r\nX: y")).Status);

    private async Task<SendOutcome> SendAsync(string message, string recipient)
    {
        await using var transport = new MaildirTransport(_folder);
        return await transport.SendAsync("us@example.com", [recipient], Encoding.UTF8.GetBytes(message), Cancellation);
    }

    private string[] Files(string part) => Directory.GetFiles(Path.Combine(_folder, part));
}
