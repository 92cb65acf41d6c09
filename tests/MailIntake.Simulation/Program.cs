using MailIntake.Simulation.Deployments;
using MailIntake.Simulation.Samples;

switch (args)
{
    case ["samples", string folder]:
        SampleSet.Make(Deployment.ShippedRoster()).Write(folder);
        return 0;
    default:
        Console.Error.WriteLine("usage: samples FOLDER   writes the sample mail that ships (deploy/samples)");
        return 2;
}
