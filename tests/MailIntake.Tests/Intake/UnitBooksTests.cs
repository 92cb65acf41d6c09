using MailIntake.Domain.Units;
using MailIntake.Intake.Filing;
using MailIntake.Storage.Database.Rows;

namespace MailIntake.Tests.Intake;

public class UnitBooksTests
{
    [Fact]
    public async Task Books_let_go_because_there_are_too_many_are_read_anew_and_those_of_the_batch_stay()
    {
        await using var bench = await IntakeBench.OpenAsync();
        var units = Enumerable.Range(0, 250).Select(i => new Unit { Code = $"u{i}", Name = $"第{i}单位工会", Category = UnitCategory.Grassroots }).ToList();
        await bench.WriteAsync(d => d.Units.AddRange(units.Select((u, i) => MailIntake.Storage.Database.UnitRows.ToRow(u, 1000 + i))));
        var books = new UnitBooks(bench.Campaign, new Roster(units));
        await using var database = bench.Databases.CreateDbContext();
        await books.OpenAsync(database, units.Take(150).Select(u => u.Code), TestContext.Current.CancellationToken);
        var stays = books["u149"];
        await bench.WriteAsync(d => d.Entries.Add(new EntryRow
        {
            Campaign = bench.Campaign.Id, UnitCode = "u0", Number = 1, Code = "2018-u0-01", Title = "甲", CreatedAt = IntakeBench.Now,
        }));

        await books.OpenAsync(database, units.Skip(149).Select(u => u.Code), TestContext.Current.CancellationToken);
        await books.OpenAsync(database, ["u0"], TestContext.Current.CancellationToken);

        Assert.Same(stays, books["u149"]);
        Assert.Equal("2018-u0-01", Assert.Single(books["u0"].Entries).Code);
    }
}
