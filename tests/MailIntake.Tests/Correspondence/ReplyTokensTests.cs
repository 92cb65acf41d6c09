using FsCheck;
using FsCheck.Fluent;

using MailIntake.Correspondence;

namespace MailIntake.Tests.Correspondence;

public sealed class ReplyTokensTests
{
    [Theory]
    [InlineData("答复：【回执】已收到材料 {0}", "haigang")]
    [InlineData("Re: {0}", "a-b-c")]
    public void A_token_names_its_unit(string subject, string unit) =>
        Assert.Equal(unit, Office.Tokens.FindUnit(string.Format(System.Globalization.CultureInfo.InvariantCulture, subject, Office.Tokens.TokenFor(unit))));

    [Fact]
    public void A_token_survives_case_and_full_width_characters()
    {
        var token = Office.Tokens.TokenFor("haigang");
        var wide = string.Concat(token.Select(c => char.IsAsciiLetterOrDigit(c) ? (char)(c + 0xFEE0) : c));

        Assert.Equal("haigang", Office.Tokens.FindUnit(token.ToLowerInvariant()));
        Assert.Equal("haigang", Office.Tokens.FindUnit(wide));
    }

    [Fact]
    public void A_token_moved_to_another_unit_is_not_believed()
    {
        var forged = Office.Tokens.TokenFor("haigang").Replace("haigang", "funing", StringComparison.Ordinal);

        Assert.Null(Office.Tokens.FindUnit(forged));
    }

    [Fact]
    public void Tokens_of_two_units_in_one_text_name_neither() =>
        Assert.Null(Office.Tokens.FindUnit(Office.Tokens.TokenFor("haigang") + Office.Tokens.TokenFor("funing")));

    [Fact]
    public void Another_key_signs_otherwise()
    {
        var other = new ReplyTokens(new byte[32], "2018");

        Assert.Null(other.FindUnit(Office.Tokens.TokenFor("haigang")));
        Assert.False(other.IsOwn(Office.Tokens.MessageIdFor("receipt", "receipt:abc", "example.com")));
    }

    [Fact]
    public void Any_change_of_a_signature_is_seen() =>
        Prop.ForAll(
            Gen.Choose(0, 7).Zip(Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".ToCharArray())).ToArbitrary(),
            change =>
            {
                var token = Office.Tokens.TokenFor("haigang").ToCharArray();
                var place = token.Length - 9 + change.Item1;
                var same = token[place] == change.Item2;
                token[place] = change.Item2;
                return Office.Tokens.FindUnit(new string(token)) == (same ? "haigang" : null);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_Message_ID_of_a_key_is_always_the_same_and_known_as_ours()
    {
        var id = Office.Tokens.MessageIdFor("receipt", "receipt:abc", "126.com");

        Assert.Equal(id, Office.Tokens.MessageIdFor("receipt", "receipt:abc", "126.com"));
        Assert.NotEqual(id, Office.Tokens.MessageIdFor("receipt", "receipt:abd", "126.com"));
        Assert.True(Office.Tokens.IsOwn(id));
        Assert.False(Office.Tokens.IsOwn(id.Replace("receipt.", "reminder.", StringComparison.Ordinal)));
        Assert.False(Office.Tokens.IsOwn("<x@126.com>"));
    }

    [Fact]
    public void The_key_file_is_made_once_and_for_its_owner_alone()
    {
        var folder = Directory.CreateTempSubdirectory("mailintake");
        try
        {
            var path = Path.Combine(folder.FullName, "deep", "token.key");
            var token = ReplyTokens.FromKeyFile(path, "2018").TokenFor("haigang");

            Assert.Equal("haigang", ReplyTokens.FromKeyFile(path, "2018").FindUnit(token));
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            File.WriteAllText(path, "nonsense");
            Assert.Throws<InvalidDataException>(() => ReplyTokens.FromKeyFile(path, "2018"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
