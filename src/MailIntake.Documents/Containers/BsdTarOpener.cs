using System.Buffers;
using System.Globalization;
using MailIntake.Documents.Sniffing;
using MailIntake.Documents.Text;
using MailIntake.Documents.Tools;

namespace MailIntake.Documents.Containers;

/// <summary>
/// Opens rar, 7z and tar by libarchive's <c>bsdtar</c>, confined. The tool writes no file: it turns the container into a tar
/// stream, and what comes out is judged and written here, so that the same bounds hold as for a zip and names stay bytes.
/// </summary>
internal sealed class BsdTarOpener(ToolRunner tools, ContainerBudget budget)
{
    /// <summary>Name of the program.</summary>
    public const string Tool = "bsdtar";

    private const string Input = "input.archive";
    private const int MaxName = 32_768;
    private const int BufferSize = 81_920;

    private readonly List<ContainedFile> _files = [];
    private readonly FindingSet _findings = new();
    private long _unpacked;

    /// <summary>The tool opens containers of that media type.</summary>
    public static bool Knows(string mediaType) => mediaType is MediaTypes.Rar or MediaTypes.SevenZip or MediaTypes.Tar or MediaTypes.Gzip;

    /// <summary>Unpacks every file of the container into the folder under invented names.</summary>
    public async Task<ContainerReading> OpenAsync(string path, long packed, string folder, CancellationToken cancellation)
    {
        var result = await tools.RunAsync(
            Tool, path, Input, ["-c", "-f", "-", "--format", "gnutar", "@" + Input],
            (stream, stop) => TakeAsync(stream, packed, folder, stop), cancellation).ConfigureAwait(false);
        if (result.Outcome == ToolOutcome.Missing)
        {
            return new ContainerReading([], [DocumentFindings.ContainerFormat]);
        }

        if (result.Outcome == ToolOutcome.TimedOut)
        {
            _findings.Add(DocumentFindings.ToolStopped);
        }
        else if (result is { Outcome: ToolOutcome.Done, ExitCode: not 0 })
        {
            _findings.Add(Complaint(result.Error));
        }

        return new ContainerReading(_files, _findings.ToList());
    }

    private static DocumentFinding Complaint(string error) =>
        error.Contains("encrypt", StringComparison.OrdinalIgnoreCase) || error.Contains("passphrase", StringComparison.OrdinalIgnoreCase) ? DocumentFindings.ContainerEncrypted
        : error.Contains("Unrecognized archive format", StringComparison.OrdinalIgnoreCase) ? DocumentFindings.ContainerFormat
        : DocumentFindings.ContainerCorrupt;

    /// <summary>Takes the stream file by file; false when a bound was passed.</summary>
    private async Task<bool> TakeAsync(Stream stream, long packed, string folder, CancellationToken cancellation)
    {
        var block = new byte[TarHeader.Block];
        byte[]? longName = null;
        while (await stream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) == block.Length
            && TarHeader.Parse(block) is { } header)
        {
            if (header.Type == 'L')
            {
                longName = await NameAsync(stream, header.Size, cancellation).ConfigureAwait(false);
                continue;
            }

            var name = EntryName.Sanitise(TextDecoder.DecodeName(longName ?? header.Name));
            longName = null;
            string? target = null;
            if (header.IsFile && !EntryName.IsRubbish(name))
            {
                if (!budget.TakeFile())
                {
                    _findings.Add(DocumentFindings.Bomb(null, budget.Limits.MaxFiles));
                    return false;
                }

                target = Path.Combine(folder, _files.Count.ToString("D5", CultureInfo.InvariantCulture) + ".bin");
            }

            if (!await CopyAsync(stream, header.Size, packed, target, cancellation).ConfigureAwait(false))
            {
                return false;
            }

            if (target is not null)
            {
                _files.Add(new ContainedFile(target, name, new FileInfo(target).Length));
            }
        }

        // What is left is the padding of the end; a tool must not wait for a reader.
        await stream.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
        return true;
    }

    private static async Task<byte[]> NameAsync(Stream stream, long size, CancellationToken cancellation)
    {
        var padded = new byte[(int)Math.Min(MaxName, Padded(size))];
        await stream.ReadAtLeastAsync(padded, padded.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        var end = Array.IndexOf(padded, (byte)0);
        return padded[..(end < 0 ? padded.Length : end)];
    }

    /// <summary>Copies one entry with its padding; false when a bound was passed.</summary>
    private async Task<bool> CopyAsync(Stream stream, long size, long packed, string? target, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var output = target is null ? Stream.Null : new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            var padding = Padded(size) - size;
            for (var left = size + padding; left > 0;)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, left)), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                left -= read;
                _unpacked += read;
                if (!budget.TakeBytes(read))
                {
                    return Stop(target, budget.Limits.MaxBytes, budget.Limits.MaxBytes);
                }

                if (budget.IsBeyondRatio(_unpacked, packed))
                {
                    return Stop(target, _unpacked / Math.Max(1, packed), budget.Limits.MaxRatio);
                }

                var content = (int)Math.Max(0, read - Math.Max(0, padding - left));
                await output.WriteAsync(buffer.AsMemory(0, content), cancellation).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool Stop(string? target, long value, long limit)
    {
        if (target is not null)
        {
            File.Delete(target);
        }

        _findings.Add(DocumentFindings.Bomb(value, limit));
        return false;
    }

    private static long Padded(long size) => size > long.MaxValue - TarHeader.Block ? size : (size + TarHeader.Block - 1) / TarHeader.Block * TarHeader.Block;
}
