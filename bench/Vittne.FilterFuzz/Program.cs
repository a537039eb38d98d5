// Random and given expressions on random packets of many link types: the matcher against `tcpdump -O`.
//   Vittne.FilterFuzz COUNT [SEED] [EXPRESSIONS-FILE]
//   Vittne.FilterFuzz speed CAPTURE       tells the nanoseconds of some expressions instead
// The file holds one expression a line, or lines of compare_filter.py (kind, group, expression) of which those of kind "ok" are taken.
using System.Buffers.Binary;
using System.Globalization;
using Vittne.Capture.Filters;
using Vittne.FilterFuzz;

if (args[0] == "speed")
{
    SpeedRun.Run(args[1]);
    return 0;
}

int count = int.Parse(args[0], CultureInfo.InvariantCulture);
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string[] given = args.Length > 2 ? File.ReadAllLines(args[2]) : [];
int[] linkTypes = [1, 1, 1, 1, 1, 1, 0, 6, 9, 10, 12, 50, 51, 100, 101, 104, 105, 106, 107, 108, 113, 113, 117, 119, 122, 123, 127, 127, 140, 139, 163, 166, 192, 228, 229, 240, 276, 276, 8, 7, 129, 99, 114, 109, 226];
const int PacketsPerCapture = 80;
string capture = Path.Combine(Path.GetTempPath(), $"vittne-filter-{Environment.ProcessId}.pcap");
long decided = 0, matched = 0, differences = 0, refused = 0, remembered = 0;
var random = new Random(seed);
for (int number = 0; number < count; number++)
{
    int linkType = given.Length > 0 && number < given.Length ? 1 : linkTypes[random.Next(linkTypes.Length)];
    string expression;
    if (number < given.Length)
    {
        string[] parts = given[number].Split('\t', 3);
        if (given[number].StartsWith('#') || (parts.Length == 3 && parts[0] != "ok"))
        {
            continue;
        }

        expression = parts[^1];
        linkType = parts.Length < 3 ? 1 : parts[1] switch
        {
            "cooked" => 113,
            "sll2" => 276,
            "wlan" => 127,
            "pflog" => 117,
            "ss7" => 140,
            "atm" => 123,
            "ppp" => 9,
            _ => 1,
        };
    }
    else
    {
        expression = new ExpressionMaker(random, linkType).Make();
    }

    var packets = new List<(byte[] Bytes, int Length)>();
    var maker = new PacketMaker(random, linkType);
    for (int i = 0; i < PacketsPerCapture; i++)
    {
        byte[] bytes = maker.Make(out int length);
        packets.Add((bytes, length));
    }

    Write(capture, linkType, packets);
    HashSet<int>? theirs = Peer.Matches(capture, expression, out string words);
    bool isParsed = PacketFilter.TryParse(expression, PacketFilterOptions.Default, out PacketFilter? filter, out FilterError? error);
    bool isAccepted = isParsed && filter!.TryPrepare(linkType, out error);
    if (theirs is null || !isAccepted)
    {
        refused++;
        if (theirs is null == isAccepted && (isAccepted || Peer.Matches(capture, expression, out words, isOptimised: true) is not null))
        {
            differences++;
            Console.WriteLine($"{linkType} '{expression}': we {(isAccepted ? "accept" : $"say {error}")}, they {(theirs is null ? $"say {words}" : "accept")}");
        }

        continue;
    }

    decided++;
    for (int i = 0; i < packets.Count; i++)
    {
        bool ours = filter!.Matches(linkType, packets[i].Bytes, packets[i].Length);
        matched += ours ? 1 : 0;
        if (ours != theirs.Contains(i))
        {
            // libpcap reads words of memory that nothing set for this packet: then its answer is that of the packets before.
            Write(capture, linkType, [packets[i]]);
            if (Peer.Matches(capture, expression, out _)?.Contains(0) == ours)
            {
                remembered++;
                Console.WriteLine($"{linkType} '{expression}': packet {i}: they answer otherwise when it is the first");
                break;
            }

            differences++;
            Console.WriteLine($"{linkType} '{expression}': packet {i} ({Convert.ToHexString(packets[i].Bytes)}, {packets[i].Length} on the wire) we {(ours ? "match" : "do not match")}");
            break;
        }
    }
}

File.Delete(capture);
Console.WriteLine($"{count} expressions (seed {seed}): {decided} decided on {PacketsPerCapture} packets each, {matched} matches, {refused} refused, {remembered} answers of theirs that depend on the packets before, {differences} differences");
return differences > 0 ? 1 : 0;

static void Write(string path, int linkType, List<(byte[] Bytes, int Length)> packets)
{
    using var file = new MemoryStream();
    byte[] header = new byte[24];
    BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
    BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
    BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
    BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 65_535);
    BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), (uint)linkType);
    file.Write(header);
    for (int i = 0; i < packets.Count; i++)
    {
        byte[] record = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)i);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), (uint)packets[i].Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), (uint)packets[i].Length);
        file.Write(record);
        file.Write(packets[i].Bytes);
    }

    File.WriteAllBytes(path, file.ToArray());
}
