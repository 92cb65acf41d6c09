using MailIntake.Storage.Database.Rows;

using NodaTime;

namespace MailIntake.Tests.Intake;

/// <summary>An address that was dead and from which a unit writes again.</summary>
public class RevivedAddressTests
{
    private const string Title = "职工“码上议事厅”平台";

    [Fact]
    public async Task A_good_mail_from_an_address_that_was_dead_revives_it_and_is_answered()
    {
        await using var bench = await IntakeBench.OpenAsync();
        await BuryAsync(bench, Post.Haigang);

        await bench.ReceiveAsync(Post.Letter(headers: [("Authentication-Results", "mx.example.com; spf=pass smtp.mailfrom=example.com")], files: Post.Writeup(Title)));

        Assert.False(Assert.Single(await bench.ReadAsync(d => d.Addresses)).IsDead);
        Assert.Equal(Post.Haigang, Assert.Single(await bench.OutboxAsync()).Recipient);
    }

    [Theory]
    [InlineData("mx.example.com; spf=fail smtp.mailfrom=example.com", "no")]
    [InlineData("elsewhere.example; spf=pass smtp.mailfrom=example.com", "no")]
    [InlineData("mx.example.com; spf=pass smtp.mailfrom=example.com", "auto-replied")]
    public async Task A_forged_or_automatic_mail_revives_no_address(string results, string automatic)
    {
        await using var bench = await IntakeBench.OpenAsync();
        await BuryAsync(bench, Post.Haigang);

        await bench.ReceiveAsync(Post.Letter(headers: [("Authentication-Results", results), ("Auto-Submitted", automatic)], files: Post.Writeup(Title)));

        Assert.True(Assert.Single(await bench.ReadAsync(d => d.Addresses)).IsDead);
        Assert.DoesNotContain(await bench.OutboxAsync(), o => o.Recipient == Post.Haigang);
    }

    private static Task BuryAsync(IntakeBench bench, string address) => bench.WriteAsync(d => d.Addresses.Add(new AddressRow
    {
        Address = address, IsDead = true, Why = "550 no such user", ChangedAt = IntakeBench.Now - Duration.FromDays(7),
    }));
}
