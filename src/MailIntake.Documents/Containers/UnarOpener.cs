using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Containers;

/// <summary>
/// Opens the rar and 7z files that libarchive does not (filters of old rar versions, methods such as Deflate64) by <c>lsar</c> and <c>unar</c>,
/// confined. The tools write no file: the one lists names, sizes and checksums, the other turns all files into one stream, which is
/// cut by the sizes and held against the checksums here, so that the same bounds hold as everywhere.
/// </summary>
internal sealed class UnarOpener(ToolRunner tools, ContainerBudget budget)
{
    /// <summary>Name of the program that unpacks; its fellow lies beside it.</summary>
    public const string Tool = "unar";

    private const string Lister = "lsar";
    private const string Input = "input.archive";
    private const int MaxListing = 32 << 20;
    private const int BufferSize = 81_920;

    private static readonly string[] _checksums = ["7zCRC32", "RARCRC32", "RAR5CRC32"];

    private readonly List<ContainedFile> _files = [];
    private readonly FindingSet _findings = new();

    /// <summary>The tool is asked for containers of that media type.</summary>
    public static bool Knows(string mediaType) => mediaType is MediaTypes.Rar or MediaTypes.SevenZip;

    /// <summary>
    /// Unpacks every file of the container into the folder under invented names; null where it does not open here either, and then
    /// nothing is left in the folder.
    /// </summary>
    public async Task<ContainerReading?> OpenAsync(string path, long packed, string folder, CancellationToken cancellation)
    {
        // Names without Unicode are Chinese here; a name that says its own encoding keeps it.
        var listing = await tools.RunAsync(
            Lister, path, Input, ["-json", "-no-recursion", "-encoding", "gb18030", Input], MaxListing, cancellation).ConfigureAwait(false);
        if (!listing.IsGood || Entries(listing.Output) is not { Count: > 0 } entries)
        {
            return null;
        }

        var result = await tools.RunAsync(
            Tool, path, Input, ["-quiet", "-no-recursion", "-output-directory", "-", Input],
            (stream, stop) => TakeAsync(stream, entries, packed, folder, stop), cancellation).ConfigureAwait(false);
        if (result.Outcome == ToolOutcome.TimedOut)
        {
            _findings.Add(DocumentFindings.ToolStopped);
        }
        else if (result is { Outcome: ToolOutcome.Done, ExitCode: not 0 })
        {
            _findings.Add(DocumentFindings.ContainerCorrupt);
        }

        return _files.Count > 0 || _findings.ToList().Any(f => f.Code == DocumentFindings.BombCode) ? new ContainerReading(_files, _findings.ToList()) : null;
    }

    /// <summary>The files in the order in which they come; null where one has no size, or is no plain file, so that the stream could not be cut.</summary>
    private static List<Entry>? Entries(byte[] json)
    {
        try
        {
            using var listing = JsonDocument.Parse(json);
            var entries = new List<Entry>();
            foreach (var entry in listing.RootElement.GetProperty("lsarContents").EnumerateArray())
            {
                if (IsSet(entry, "XADIsDirectory"))
                {
                    continue;
                }

                if (IsSet(entry, "XADIsLink") || IsSet(entry, "XADIsResourceFork") || IsSet(entry, "XADIsEncrypted")
                    || !entry.TryGetProperty("XADFileSize", out var size) || !size.TryGetInt64(out var bytes) || bytes < 0)
                {
                    return null;
                }

                entries.Add(new Entry(entry.GetProperty("XADFileName").ToString(), bytes, ChecksumOf(entry)));
            }

            return entries;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsSet(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var flag) && flag != 0;

    private static uint? ChecksumOf(JsonElement entry)
    {
        foreach (var name in _checksums)
        {
            if (entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var checksum))
            {
                return unchecked((uint)checksum);
            }
        }

        return null;
    }

    /// <summary>Cuts the stream; false when a bound was passed.</summary>
    private async Task<bool> TakeAsync(Stream stream, List<Entry> entries, long packed, string folder, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var unpacked = 0L;
            foreach (var entry in entries)
            {
                var name = EntryName.Sanitise(entry.Name);
                var target = EntryName.IsRubbish(name) ? null : Path.Combine(folder, "u" + _files.Count.ToString("D5", CultureInfo.InvariantCulture) + ".bin");
                if (target is not null && !budget.TakeFile())
                {
                    _findings.Add(DocumentFindings.Bomb(null, budget.Limits.MaxFiles));
                    return false;
                }

                var isBomb = false;
                var (left, crc) = (entry.Size, uint.MaxValue);
                await using (var output = target is null ? Stream.Null : new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1))
                {
                    while (left > 0 && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, left)), cancellation).ConfigureAwait(false) is > 0 and var read)
                    {
                        left -= read;
                        unpacked += read;
                        if (!budget.TakeBytes(read) || budget.IsBeyondRatio(unpacked, packed))
                        {
                            isBomb = true;
                            break;
                        }

                        crc = Crc32.Append(crc, buffer.AsSpan(0, read));
                        await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    }
                }

                if (isBomb || left > 0 || (entry.Checksum is { } expected && ~crc != expected))
                {
                    // Without its end or with other bytes: neither it nor what would follow can be trusted to be what its name says.
                    if (target is not null)
                    {
                        File.Delete(target);
                    }

                    _findings.Add(isBomb ? DocumentFindings.Bomb(unpacked, budget.Limits.MaxBytes) : DocumentFindings.ContainerCorrupt);
                    return false;
                }

                if (target is not null)
                {
                    _files.Add(new ContainedFile(target, name, entry.Size));
                }
            }

            await stream.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="Name">Its name with folders.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="Checksum">CRC-32; null where the container keeps none.</param>
    private sealed record Entry(string Name, long Size, uint? Checksum);
}
