using MailIntake.Commands;

return await CommandLine.RunAsync(args);
