using MailIntake.Simulation;
using MailIntake.Simulation.Samples;

switch (args)
{
    case ["samples", string folder]:
        SampleSet.Make(SimulatedUnit.ReadRoster(Roster(Directory.GetCurrentDirectory()))).Write(folder);
        return 0;
    case ["samples", string folder, string roster]:
        SampleSet.Make(SimulatedUnit.ReadRoster(roster)).Write(folder);
        return 0;
    default:
        Console.Error.WriteLine("usage: samples FOLDER [ROSTER]   writes the sample mail that ships, by default for the shipped roster");
        return 2;
}

static string Roster(string folder)
{
    string path = Path.Combine(folder, "deploy", "campaigns", "2018-roster.csv");
    return File.Exists(path) ? path : Roster(Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("deploy/campaigns/2018-roster.csv stands in no folder above."));
}
