using NodaTime;

namespace MailIntake.Tests.Correspondence;

/// <summary>How many letters go out in a day, to an address and to a unit.</summary>
public sealed class SendingLimitTests
{
    [Fact]
    public async Task The_limit_of_a_day_holds_until_its_window_has_passed()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerDay = 10);
        await room.AddReceiptsAsync(15);

        Assert.Equal(10, (await room.DispatchAsync()).Sent);
        var free = room.Clock.GetCurrentInstant() + Duration.FromHours(24);
        room.Clock.AdvanceHours(23);
        var full = await room.DispatchAsync();
        Assert.Equal((0, free), (full.Sent, full.WaitsUntil));
        room.Clock.AdvanceHours(2);
        Assert.Equal(5, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task The_limit_of_an_address_and_hour_holds_back_that_address_alone()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerAddressAndHour = 2);
        await room.AddReceiptsAsync(3, "busy@example.com");
        await room.AddReceiptsAsync(1);

        Assert.Equal(3, (await room.DispatchAsync()).Sent);
        room.Clock.AdvanceMinutes(59);
        Assert.Equal(0, (await room.DispatchAsync()).Sent);
        room.Clock.AdvanceMinutes(1);
        Assert.Equal(1, (await room.DispatchAsync()).Sent);
    }

    [Fact]
    public async Task A_unit_gets_no_more_letters_a_day_than_the_cap_whatever_their_addresses()
    {
        await using var room = await PostRoom.OpenAsync(o => o.MaxPerUnitAndDay = 3);
        await room.AddReceiptsAsync(5);

        await room.DispatchAsync();
        Assert.Equal(3, room.Transport.Taken.Count);

        room.Clock.AdvanceHours(23);
        await room.DispatchAsync();
        Assert.Equal(3, room.Transport.Taken.Count);

        room.Clock.AdvanceHours(2);
        await room.DispatchAsync();
        Assert.Equal(5, room.Transport.Taken.Count);
    }
}
