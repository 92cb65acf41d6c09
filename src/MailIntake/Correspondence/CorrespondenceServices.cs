using MailIntake.Correspondence.Digests;
using MailIntake.Correspondence.Forms;
using MailIntake.Correspondence.Letters;
using MailIntake.Correspondence.Notices;
using MailIntake.Correspondence.Outbox;
using MailIntake.Correspondence.Receipts;
using MailIntake.Correspondence.Reminders;
using MailIntake.Correspondence.Staff;
using MailIntake.Domain.Campaigns;

namespace MailIntake.Correspondence;

/// <summary>Everything that writes and sends letters, for the host to compose.</summary>
internal static class CorrespondenceServices
{
    /// <summary>
    /// Adds it. The host adds besides: campaign, calendar, sending and schedule options, clock, time provider, database
    /// factory, transport, archive, logging.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="tokenKeyFile">Key file of <see cref="ReplyTokens"/>; made at first use where it is missing.</param>
    /// <param name="campaignFolder">Folder of the campaign file, where a blank form may lie; null for none.</param>
    public static IServiceCollection AddCorrespondence(this IServiceCollection services, string tokenKeyFile, string? campaignFolder) =>
        services
            .AddSingleton(s => ReplyTokens.FromKeyFile(tokenKeyFile, s.GetRequiredService<Campaign>().Id))
            .AddSingleton(s => new BlankForm(s.GetRequiredService<Campaign>(), campaignFolder))
            .AddSingleton<MailIdentity>()
            .AddSingleton<ReplyPolicy>()
            .AddSingleton<LetterRenderer>()
            .AddSingleton<ReceiptModelBuilder>()
            .AddSingleton<ReceiptWriter>()
            .AddSingleton<ReminderModelBuilder>()
            .AddSingleton<ReminderPlanner>()
            .AddSingleton<ReminderRound>()
            .AddSingleton<DigestLoader>()
            .AddSingleton<DigestWriter>()
            .AddSingleton<ILetterComposer, ReceiptComposer>()
            .AddSingleton<ILetterComposer, ReminderComposer>()
            .AddSingleton<ILetterComposer, DigestComposer>()
            .AddNotices()
            .AddSingleton<LetterAddresser>()
            .AddSingleton<SendingState>()
            .AddSingleton<BounceHandler>()
            .AddSingleton<LetterSender>()
            .AddSingleton<Dispatcher>();

    private static IServiceCollection AddNotices(this IServiceCollection services)
    {
        foreach (var kind in NoticeKinds.All)
        {
            services.AddSingleton<ILetterComposer>(s => ActivatorUtilities.CreateInstance<NoticeComposer>(s, kind));
        }

        return services.AddSingleton<NoticeRows>().AddSingleton<NoticeWriter>().AddSingleton<PhaseNotices>().AddSingleton<AlertWriter>().AddSingleton<ProblemWriter>()
            .AddSingleton<NoticeTruth>().AddSingleton<NoticeRound>().AddSingleton<AlertRound>()
            .AddSingleton<UnmatchedWriter>().AddSingleton<StaffLetters>().AddSingleton<HeldNotices>().AddSingleton<StaffOrders>().AddSingleton<StaffDesk>();
    }
}
