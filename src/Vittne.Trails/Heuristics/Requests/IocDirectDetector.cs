using System.Buffers;
using System.Collections.Frozen;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Programs for one processor architecture fetched from a bare address: how bots on routers and cameras spread.</summary>
internal sealed class IocDirectDetector(HeuristicReadings readings) : IRecordDetector
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "aarch64", "amd64", "arc", "arm", "arm4", "arm4l", "arm4t", "arm4tl", "arm5", "arm5l", "arm5n", "arm6", "arm6l", "arm64", "arm7",
        "arm7l", "arm8", "armv4", "armv4l", "armv5", "armv5l", "armv6", "armv6l", "armv7", "armv7l", "armv8", "armhf", "i386", "i486",
        "i586", "i686", "m68", "m68k", "m86k", "mips", "mips64", "mipsel", "mipseb", "mpsel", "mpsl", "powerpc", "powerppc", "ppc", "ppc64",
        "riscv64", "sh4", "sparc", "spc", "superh", "wtf", "x32", "x64", "x86", "x86_32", "x86_64", "440fp", "ppc440fp",
    ]);

    private static readonly SearchValues<char> DigitsAndDot = SearchValues.Create("0123456789.");

    public static DetectorDescriptor Descriptor { get; } =
        new("ioc-direct", "programs for small devices fetched from a bare address");

    public RecordInterest Interest => RecordInterest.Requests;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is HttpRequestRecord request
            && readings.Request(request) is { HasHostField: true } reading
            && IsBareAddress(reading.Host)
            && IsForOneArchitecture(reading.Path)
            && !readings.Context.IsHome(Endpoints.ReceiverOf(request)))
        {
            findings.Add(HeuristicEvent.Make(
                request, Descriptor, EventType.Http, $"({reading.Host}){reading.DisplayPath}", "http.url",
                "potential iot-malware download (suspicious)", new Measure(1, 0)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>Digits and dots, perhaps with a port.</summary>
    internal static bool IsBareAddress(ReadOnlySpan<char> host)
    {
        int colon = host.IndexOf(':');
        ReadOnlySpan<char> address = colon < 0 ? host : host[..colon];
        return address.Contains('.')
            && !address.ContainsAnyExcept(DigitsAndDot)
            && char.IsAsciiDigit(address[0])
            && (colon < 0 || host[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') < 0);
    }

    /// <summary>
    /// True when the last part of the file name is the name of an architecture: <c>mirai.x86</c>, <c>bins/arm7</c>. A target with a query
    /// is none: there such names are arguments, of an injected command for example.
    /// </summary>
    internal static bool IsForOneArchitecture(string path)
    {
        if (path.Contains('?', StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> fileName = path.AsSpan(path.LastIndexOf('/') + 1);
        int end = fileName.Length;
        for (int at = end - 1; at >= -1; at--)
        {
            if (at < 0 || fileName[at] is '.' or '-' or '_')
            {
                ReadOnlySpan<char> last = fileName[(at + 1)..end];
                if (Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last))
                {
                    return true;
                }

                // x86_64 is the only name with a separator inside.
                if (at < 0 || last.Length > 4)
                {
                    return false;
                }
            }
        }

        return false;
    }
}
