namespace MailIntake.Simulation;

/// <summary>A unit as the roster file has it.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Full name.</param>
/// <param name="Category">Category.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Address">First address.</param>
public sealed record SimulatedUnit(string Code, string Name, string Category, IReadOnlyList<string> Aliases, string Address)
{
    /// <summary>Reads the shipped roster: UTF-8, no quoted cells.</summary>
    public static IReadOnlyList<SimulatedUnit> ReadRoster(string path) =>
        [.. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).Select(c =>
            new SimulatedUnit(c[0], c[1], c[2], [.. c[3].Split(';', StringSplitOptions.RemoveEmptyEntries)], c[4].Split(';')[0]))];
}
