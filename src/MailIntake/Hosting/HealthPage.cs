namespace MailIntake.Hosting;

/// <summary>Serves <c>/healthz</c>: 200 when green, 503 when red, JSON either way. It names numbers, never mail or people.</summary>
internal static class HealthPage
{
    /// <summary>Adds the page.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", async (Health health, CancellationToken cancellation) =>
        {
            var report = await health.CheckAsync(cancellation);
            return Results.Json(report, statusCode: report.Status == "green" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
}
