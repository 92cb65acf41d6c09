using System.Text.Json;

namespace MailIntake.Intake.Reading;

/// <summary>
/// Remembers on disk which mails are in hand. A mail that ends the whole process (memory, a fault of a library) would else be
/// taken up again at every start, and nothing behind it would ever be filed. After such an end the mails that were in hand are
/// suspects: each is processed alone, and one with which the process ended often enough waits for staff.
/// For the one process that holds the lease; a lost file costs nothing but the memory of it.
/// </summary>
internal sealed class ReadingJournal(string folder)
{
    private readonly string _file = Path.Combine(folder, "in-hand.json");
    private Dictionary<long, int> _suspects = [];

    /// <summary>Reads what the last process left; nothing is a suspect where it ended in order.</summary>
    public void Open()
    {
        _suspects = [];
        if (Read() is not { } left)
        {
            return;
        }

        _suspects = left.Suspects;
        foreach (var mail in left.InHand)
        {
            _suspects[mail] = _suspects.GetValueOrDefault(mail) + (left.InHand.Count == 1 ? 1 : 0);
        }
    }

    /// <summary>The mail was in hand when a process ended, and is to be processed alone.</summary>
    public bool IsSuspect(long mail) => _suspects.ContainsKey(mail);

    /// <summary>How often the process ended while that mail alone was in hand.</summary>
    public int Ends(long mail) => _suspects.GetValueOrDefault(mail);

    /// <summary>Those mails are in hand from now on, and no others.</summary>
    public void Take(IReadOnlyList<long> mails)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(_file, JsonSerializer.Serialize(new Left(mails, _suspects)));
    }

    /// <summary>That mail is done: it is no suspect any more.</summary>
    public void Clear(long mail) => _suspects.Remove(mail);

    /// <summary>Nothing is in hand. Suspects that were not processed stay suspects.</summary>
    public void LayDown()
    {
        if (_suspects.Count == 0)
        {
            File.Delete(_file);
        }
        else
        {
            Take([]);
        }
    }

    private Left? Read()
    {
        try
        {
            return File.Exists(_file) ? JsonSerializer.Deserialize<Left>(File.ReadAllText(_file)) : null;
        }
        catch (JsonException)
        {
            // The process ended while it wrote: who was in hand is not known, and the next end will tell.
            return null;
        }
    }

    private sealed record Left(IReadOnlyList<long> InHand, Dictionary<long, int> Suspects);
}
