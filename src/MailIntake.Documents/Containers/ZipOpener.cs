using System.Buffers;
using System.Globalization;

namespace MailIntake.Documents.Containers;

/// <summary>Unpacks a zip within a budget.</summary>
internal static class ZipOpener
{
    private const int BufferSize = 81_920;

    /// <summary>Unpacks every file of the zip into the folder under invented names.</summary>
    public static async Task<ContainerReading> OpenAsync(FileStream file, string folder, ContainerBudget budget, CancellationToken cancellation)
    {
        if (ZipDirectory.Read(file, long.MaxValue) is not { } zip)
        {
            return new ContainerReading([], [DocumentFindings.ContainerCorrupt]);
        }

        var files = new List<ContainedFile>();
        var findings = new FindingSet();
        var run = new Run(zip, file.Length, budget, findings);
        foreach (var entry in zip.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = EntryName.Sanitise(entry.Name);
            if (entry.IsFolder || entry.IsLink || EntryName.IsRubbish(name))
            {
                continue;
            }

            if (entry.IsEncrypted)
            {
                findings.Add(DocumentFindings.ContainerEncrypted);
                continue;
            }

            if (!budget.TakeFile())
            {
                findings.Add(DocumentFindings.Bomb(null, budget.Limits.MaxFiles));
                break;
            }

            var target = Path.Combine(folder, files.Count.ToString("D5", CultureInfo.InvariantCulture) + ".bin");
            var size = await run.UnpackAsync(entry, target, cancellation).ConfigureAwait(false);
            if (size is { } bytes)
            {
                files.Add(new ContainedFile(target, name, bytes));
            }
            else
            {
                File.Delete(target);
            }

            if (run.IsOver)
            {
                break;
            }
        }

        return new ContainerReading(files, findings.ToList());
    }

    private sealed class Run(ZipDirectory zip, long packed, ContainerBudget budget, FindingSet findings)
    {
        private readonly List<(long From, long To)> _used = [];
        private long _unpacked;

        public bool IsOver { get; private set; }

        /// <summary>Bytes written; null when the entry is no good.</summary>
        public async Task<long?> UnpackAsync(ZipEntry entry, string target, CancellationToken cancellation)
        {
            if (zip.DataOffset(entry) is not { } from)
            {
                findings.Add(DocumentFindings.ContainerCorrupt);
                return null;
            }

            if (Overlaps(from, entry.PackedSize))
            {
                return Stop(DocumentFindings.FalseSizes());
            }

            using var stream = zip.Open(entry);
            if (stream is null)
            {
                findings.Add(DocumentFindings.ContainerFormat);
                return null;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                var written = 0L;
                var crc = uint.MaxValue;
                using var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
                int read;
                while ((read = stream.Read(buffer.AsSpan(0, BufferSize))) > 0)
                {
                    written += read;
                    _unpacked += read;
                    if (!budget.TakeBytes(read))
                    {
                        return Stop(DocumentFindings.Bomb(budget.Limits.MaxBytes, budget.Limits.MaxBytes));
                    }

                    if (budget.IsBeyondRatio(_unpacked, packed))
                    {
                        return Stop(DocumentFindings.Bomb(_unpacked / Math.Max(1, packed), budget.Limits.MaxRatio));
                    }

                    if (written > entry.Size)
                    {
                        return Stop(DocumentFindings.FalseSizes(written, entry.Size));
                    }

                    crc = Crc32.Append(crc, buffer.AsSpan(0, read));
                    await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }

                if (~crc != entry.Crc || written != entry.Size)
                {
                    findings.Add(DocumentFindings.ContainerCorrupt);
                }

                return written;
            }
            catch (InvalidDataException)
            {
                findings.Add(DocumentFindings.ContainerCorrupt);
                return null;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        private long? Stop(DocumentFinding bomb)
        {
            IsOver = true;
            findings.Add(bomb);
            return null;
        }

        /// <summary>Two entries out of the same bytes: no packer does that, bombs do.</summary>
        private bool Overlaps(long from, long length)
        {
            var to = length > long.MaxValue - from ? long.MaxValue : from + length;
            foreach (var (start, end) in _used)
            {
                if (from < end && start < to)
                {
                    return true;
                }
            }

            _used.Add((from, to));
            return false;
        }
    }
}
