using System.Text;
using Vittne.Trails.Feeds;

namespace Vittne.Trails.Tests.Feeds;

public sealed class FeedFormatTests
{
    [Theory]
    [InlineData("alienvault", "192.0.2.1 # Malicious host\n192.0.2.2 # scanning host\n # Malicious\n", "192.0.2.1,bad reputation,alienvault.com")]
    [InlineData("blackbook", "Domain,Malware,Date\nevil.test,Emotet,2026-01-01\n", "evil.test,emotet (malware),github.com/stamparm/blackbook")]
    [InlineData("bruteforceblocker", "# IP\t\t# Last Reported\n192.0.2.1\t\t# 2026-01-01\t3\n", "192.0.2.1,known attacker,rulez.sk")]
    [InlineData("cybercrimetracker", "evil.test/cp.php?m=login(SSL)\n", "evil.test/cp.php,malware,cybercrime-tracker.net")]
    [InlineData("dataplane", "# Dataplane.org\n64500  |  AS  |  192.0.2.1  |  2026-01-01\n", "192.0.2.1,known attacker,dataplane.org")]
    [InlineData("emergingthreatsbot", "alert ip $HOME_NET any -> [192.0.2.1,192.0.2.2] any (msg:\"ET CnC Server\"; sid:1;)\n", "192.0.2.1,potential malware site,emergingthreats.net|192.0.2.2,potential malware site,emergingthreats.net")]
    [InlineData("emergingthreatsdns", "# Emerging Threats\nalert dns any any -> any any (msg:\"CnC Domain in DNS\"; dns.query; content:\"evil.test\"; sid:1;)\nalert dns any any -> any any (msg:\"other\"; dns.query; content:\"other.test\"; sid:2;)\n", "evil.test,malware,emergingthreats.net")]
    [InlineData("feodotrackerip", "# first_seen,dst_ip\n\"2026-01-01\",\"192.0.2.1\",\"443\",\"online\",\"2026-01-02\",\"QakBot\"\n\"2026-01-01\",\"192.0.2.2\",\"443\",\"offline\",\"2026-01-02\",\"QakBot\"\n", "192.0.2.1,qakbot (malware),abuse.ch")]
    [InlineData("sslblcert", "# SSL Certificate Blacklist\n2026-01-01,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,Vidar C&C\n", "cert:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,vidar c2 cert (suspicious),abuse.ch")]
    [InlineData("sslblja3", "# ja3_md5,Firstseen,Lastseen,Listingreason\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,2026-01-01,2026-01-01,Adware\n", "ja3:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,adware client (suspicious),abuse.ch")]
    [InlineData("myip", "# ADDRESSES DATABASE\ndeny from 192.0.2.1\n", "192.0.2.1,crawler,myip.ms")]
    [InlineData("torprojectnodes", "{\"relays\":[{\"or_addresses\":[\"192.0.2.1:9001\",\"[2001:db8::1]:9001\"]}]}", "192.0.2.1,bad reputation (tor node),torproject.org|2001:db8::1,bad reputation (tor node),torproject.org")]
    [InlineData("spamhaus-drop", "{\"cidr\":\"192.0.2.0/24\",\"sblid\":\"x\"}\n{\"type\":\"metadata\"}\n", "192.0.2.0/24,bad reputation (drop list),spamhaus.org")]
    [InlineData("viriback", "Family,URL,IP,FirstSeen\nAmadey,http://evil.test/x/Panel/Login.php,192.0.2.1,x\n", "evil.test/x,amadey,viriback.com")]
    [InlineData("statics", "morphed.ru,morphed (malware),(static)\n", "morphed.ru,morphed (malware),(static)")]
    [InlineData("urlhaus", "# URLhaus\nhttp://evil.test/a.exe\nhttp://192.0.2.1:8080/b\n", "evil.test/a.exe,malware,abuse.ch|192.0.2.1:8080/b,malware,abuse.ch")]
    [InlineData("threatfox", "# \"first_seen_utc\"\n\"2026-01-01\", \"1\", \"192.0.2.1:443\", \"ip:port\", \"botnet_cc\", \"win.emotet\"\n\"2026-01-01\", \"1\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"md5_hash\", \"x\", \"win.emotet\"\n", "192.0.2.1:443,win.emotet (malware),abuse.ch")]
    public void Built_in_feed_is_read_by_its_description(string name, string body, string rows)
    {
        FeedDescriptor feed = FeedTable.BuiltIn().Single(feed => feed.Name == name);
        string text = FeedConverter.Convert(feed, Encoding.UTF8.GetBytes(body), "x", out int entries);
        string[] kept = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        Assert.Equal(rows.Split('|'), kept);
        Assert.Equal(kept.Length, entries);
    }

    [Fact]
    public void Built_in_table_is_sound()
    {
        IReadOnlyList<FeedDescriptor> feeds = FeedTable.BuiltIn();

        Assert.Equal(5, feeds.Count(feed => !feed.IsOn));
        Assert.All(feeds, feed => Assert.All(feed.Urls, url => Assert.StartsWith("https://", url, StringComparison.Ordinal)));
        Assert.All(feeds, feed => Assert.NotEqual("", feed.Licence));
    }

    [Theory]
    [InlineData("stix", "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"pattern\":\"[domain-name:value = 'evil.test']\",\"pattern_type\":\"stix\"}]}")]
    [InlineData("misp", "{\"Event\":{\"Attribute\":[{\"type\":\"domain\",\"value\":\"evil.test\",\"to_ids\":true}]}}")]
    [InlineData("hosts", "0.0.0.0 evil.test\n")]
    [InlineData("auto", "evil.test\n")]
    public void Feed_may_be_in_any_format_of_lists(string format, string body)
    {
        var feed = new FeedDescriptor { Name = "mine", Urls = ["https://a.test/list.txt"], Format = format, Info = "bad", Reference = "a.test" };

        Assert.Equal("# category feed\nevil.test,bad,a.test\n", FeedConverter.Convert(feed, Encoding.UTF8.GetBytes(body), "list.txt", out _));
    }

    [Theory]
    [InlineData("name = \"a\"", "line 1 holds a key before the first [[feed]]")]
    [InlineData("[[feed]]\nname", "line 2 holds no key = value")]
    [InlineData("[[feed]]\nname = \"a", "line 2 holds a text that does not end")]
    [InlineData("[[feed]]\nname = a", "line 2 holds a value that is neither text, whole number, truth value nor array")]
    [InlineData("[[feed]]\nname = \"a\" b", "line 2 holds something behind the value")]
    [InlineData("[[feed]]\nname = \"a\"\nname = \"b\"", "line 3 holds name a second time")]
    [InlineData("[[feed]]\nkeep = [\"a\" \"b\"]", "line 2 holds an array without comma")]
    [InlineData("[other]", "line 1 holds a table other than [[feed]]")]
    [InlineData("[[feed]]\nname = \"A b\"\nurl = \"https://a.test\"", "has a feed whose name 'A b' is not made of lower-case letters, digits and dashes")]
    [InlineData("[[feed]]\nname = \"a\"\nurl = \"file:///etc/passwd\"", "has a feed 'a' that needs a url that begins with https:// or http://")]
    [InlineData("[[feed]]\nname = \"a\"", "has a feed 'a' that needs a url that begins with https:// or http://")]
    [InlineData("[[feed]]\nname = \"a\"\nurl = \"https://a.test\"\ncategory = \"7\"", "has a feed 'a' that has the unknown category '7'")]
    [InlineData("[[feed]]\nname = \"a\"\nurl = \"https://a.test\"\n[[feed]]\nname = \"a\"\nurl = \"https://a.test\"", "names the feed 'a' twice")]
    public void Broken_table_says_where(string toml, string problem) => Assert.Equal(problem, Assert.Throws<FormatException>(() => FeedTable.Read(toml)).Message);

    [Fact]
    public void Table_of_a_user_takes_comments_literals_and_arrays()
    {
        FeedDescriptor feed = Assert.Single(FeedTable.Read("# mine\n[[feed]] # one\nname = 'mine' # x\nurl = [\"https://a.test/1\", 'https://a.test/2',]\nkeep = []\ninfo = \"say \\\"x\\\"\"\ncategory = \"custom\"\nenabled = false\n"));

        Assert.Equal(("mine", 2, "say \"x\"", TrailCategory.Custom, false, "a.test"), (feed.Name, feed.Urls.Count, feed.Info, feed.Category, feed.IsOn, feed.Reference));
    }
}
