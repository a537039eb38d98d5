using Vittne.Flows.Records;

namespace Vittne.Flows.Tests.Records;

public sealed class FlowFieldsTests
{
    [Fact]
    public void Every_field_that_can_be_set_gives_back_what_it_was_given()
    {
        foreach (FlowField field in FlowFields.All.Where(static field => field.CanSet && field.Name != "dur"))
        {
            FlowValue value = Sample(field, 1);
            var record = new FlowRecord();
            Assert.False(field.Get(record).IsKnown, field.Name);
            field.Set(record, value);

            Assert.Equal((field.Name, value.ToString()), (field.Name, field.Get(record).ToString()));
        }
    }

    [Fact]
    public void A_record_turned_twice_is_itself_and_turned_once_has_each_field_on_the_other_side()
    {
        var record = new FlowRecord { FirstNs = 1_000, LastNs = 5_000 };
        int index = 1;
        foreach (FlowField field in FlowFields.All.Where(static field => field.CanSet))
        {
            field.Set(record, Sample(field, index++));
        }

        string before = FlowSamples.Text(record);
        Dictionary<string, string> values = FlowFields.All.ToDictionary(static field => field.Name, field => field.Get(record).ToString());
        record.Turn();
        foreach (FlowField field in FlowFields.All.Where(static field => field.CanSet && field.Name[0] == 's' && FlowFields.TryFind("d" + field.Name[1..], out FlowField? other) && other.CanSet))
        {
            Assert.Equal((field.Name, values["d" + field.Name[1..]]), (field.Name, field.Get(record).ToString()));
        }

        record.Turn();
        Assert.Equal(before, FlowSamples.Text(record));
    }

    [Theory]
    [InlineData("src_ip", "saddr")]
    [InlineData("ts", "stime")]
    [InlineData("transport", "proto")]
    [InlineData("flow", "flow_id")]
    [InlineData("stcpb", "sisn")]
    [InlineData("svlan", "vlan")]
    [InlineData("SBYTES", "sbytes")]
    public void Other_names_are_understood(string alias, string name)
    {
        Assert.True(FlowFields.TryFind(alias, out FlowField? field));
        Assert.Equal(name, field.Name);
    }

    [Fact]
    public void Nearest_names_of_a_slip_begin_with_what_was_meant() => Assert.Equal("sbytes", FlowFields.Nearest("sbyte")[0]);

    [Theory]
    [InlineData("saddr,dur", "saddr dur")]
    [InlineData("+sretrans,-service", "stime dur proto saddr sport dir daddr dport spkts dpkts sbytes dbytes state sretrans")]
    [InlineData("src_ip, ts", "src_ip ts")]
    [InlineData("saddr,daddr,-saddr", "daddr")]
    public void Lists_of_fields_are_read(string text, string names)
    {
        Assert.True(FlowColumns.TryParse(text, out IReadOnlyList<FlowColumn> columns, out _, out _));
        Assert.Equal(names, string.Join(' ', columns.Select(static column => column.Name)));
    }

    [Fact]
    public void An_unknown_field_in_a_list_is_told_with_its_place_and_three_names()
    {
        Assert.False(FlowColumns.TryParse("saddr,sbyts", out _, out int position, out string problem));
        Assert.Equal((6, "there is no field 'sbyts'; the nearest are sbytes, bytes, dbytes"), (position, problem));
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("02:00:5e:10:00:ff", "02:00:5e:10:00:ff")]
    [InlineData("*", "*")]
    [InlineData("10.1.2.3/32", "10.1.2.3")]
    public void Addresses_are_read_and_written(string text, string written)
    {
        Assert.True(FlowAddress.TryParse(text, out FlowAddress address));
        Assert.Equal(written, address.ToString());
    }

    [Theory]
    [InlineData("10.1.2")]
    [InlineData("10.1.2.3/33")]
    [InlineData("02:00:5e:10:00")]
    [InlineData("02:00:5e:10:00:01:02")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string text) => Assert.False(FlowAddress.TryParse(text, out _));

    [Fact]
    public void Community_id_of_a_whole_flow_is_computed_and_of_an_aggregate_is_not()
    {
        FlowRecord record = FlowSamples.Tcp("128.232.110.120:34855 > 66.35.250.204:80");
        Assert.Equal("1:LQU9qZlK+B5F3KDmev6m5PMibrg=", record.CommunityId());
        Assert.Null(new FlowRecord { Source = record.Source, Destination = record.Destination, ProtocolNumber = 6, SourcePort = FlowRecord.AnyPort }.CommunityId());
    }

    /// <summary>A value of a field's kind that differs by number.</summary>
    internal static FlowValue Sample(FlowField field, int number) => field.Kind switch
    {
        FlowFieldKind.Integer => FlowValue.OfInteger(number % 23),
        FlowFieldKind.Decimal => FlowValue.OfDecimal(number + 0.5),
        FlowFieldKind.Time => FlowValue.OfTime(number),
        FlowFieldKind.Duration => FlowValue.OfDuration(number),
        FlowFieldKind.Address => FlowValue.OfAddress(FlowAddress.Of(Packets.IpAddress.FromV4((uint)number))),
        FlowFieldKind.Mac => FlowValue.OfMac(number),
        FlowFieldKind.Texts => FlowValue.OfTexts([$"a{number}", "b"]),
        FlowFieldKind.Integers => FlowValue.OfIntegers([number, 7]),
        FlowFieldKind.Flag => FlowValue.OfFlag(true),
        _ => FlowValue.OfText(field.Name switch
        {
            "proto" => FlowProtocols.Name((byte)(number % 200)),
            "dir" => "<->",
            "sflags" or "dflags" => FlowFlags.Text(number % 256),
            "soui" or "doui" => $"00:00:{number % 100:D2}",
            "conn_state" => "S2",
            "history" => "ShAd",
            _ => $"t{number}",
        }),
    };
}
