using System.Text.RegularExpressions;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>The patterns of the injection classes. In queries a plus stands for a blank, so both separate words.</summary>
internal static partial class InjectionPatterns
{
    private const RegexOptions AnyCase = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const RegexOptions AnyCaseAcrossLines = AnyCase | RegexOptions.Singleline;

    // Statements and functions that a form field has no use for.
    [GeneratedRegex(
        @"\bunion[\s+(]{1,8}(?:/\*[^*]{0,40}\*/[\s+(]{0,8})?(?:(?:all|distinct)[\s+(]{1,8})?select\b"
        + @"|\bunion/\*[^*]{0,40}\*/(?:[\s+(]{0,8})(?:all/\*[^*]{0,40}\*/)?select\b"
        + @"|\b(?:information_schema|sysdatabases|sysobjects|pg_catalog|all_tab_columns)\b"
        + @"|\b(?:pg_sleep|benchmark|extractvalue|updatexml|load_file|xp_dirtree|group_concat)[\s+]{0,4}\("
        + @"|\bsleep\(\d"
        + @"|\bwaitfor[\s+]{1,8}delay\b"
        + @"|\border[\s+]{1,8}by[\s+]{1,8}\d{1,4}(?:[\s+]{0,4}(?:--|\#)|$)"
        + @"|\binto[\s+]{1,8}(?:out|dump)file\b"
        + @"|\bselect\b[^&]{1,200}?\bfrom\b[\s+]{1,8}[\w.`""\[]{1,64}[^&]{0,100}?\b(?:where|group[\s+]{1,8}by|order[\s+]{1,8}by|union|limit)\b"
        + @"|;[\s+]{0,8}(?:drop|delete|insert|update|alter|truncate)[\s+]{1,8}(?:table|from|into|database)\b",
        AnyCaseAcrossLines)]
    public static partial Regex Sql();

    // Conditions that are true or false by themselves: ' and 1=1, " or 'a'='a, or 1=1--.
    [GeneratedRegex(
        @"\b(?:and|or|having|where)[\s+(]{1,8}['""]?\d{1,10}['"")]?[\s+]{0,4}(?:=|<>|!=|[<>]|like)[\s+(]{0,4}['""]?\d"
        + @"|['""][\s+)]{0,8}(?:and|or)[\s+(]{1,8}['""]\w{0,20}['""]?[\s+]{0,4}(?:=|like)[\s+]{0,4}['""]\w"
        + @"|['""][\s+)]{0,8}(?:and|or)[\s+(]{1,8}(?:true|false|not[\s+]|exists\b)"
        + @"|\b(?:and|or)/\*[^*]{0,40}\*/",
        AnyCaseAcrossLines)]
    public static partial Regex SqlCondition();

    // XPath, as in ' or /text()='
    [GeneratedRegex(@"/text\(\)[\s+]{0,4}=[\s+]{0,4}['""]", AnyCase)]
    public static partial Regex Xml();

    // Doubled slashes of a target are one here: php:/input.
    [GeneratedRegex(@"<\?php\b|\bphp:/{1,2}(?:input|filter)\b", AnyCase)]
    public static partial Regex Php();

    [GeneratedRegex(@"\(\|\([\w-]{1,60}=\*", AnyCase)]
    public static partial Regex Ldap();

    [GeneratedRegex(
        @"<script\b[^<>]{0,200}>"
        + @"|\b(?:alert|confirm|prompt)\((?:\d|document\.|[^\w&]{0,3}xss)"
        + @"|\bon(?:mouseover|error|focus|load|toggle)[\s+]{0,4}=[^&;\n=]{1,80}\("
        + @"|\bjavascript:[^&\s]{0,80}\(",
        AnyCase)]
    public static partial Regex Xss();

    [GeneratedRegex(@"\[\s{0,8}<!entity\b", AnyCase)]
    public static partial Regex Xxe();

    // A bare name in braces is a macro that an advertising server forgot to fill in; an expression has an operator.
    [GeneratedRegex(@"\$\{[^{}:*+\-/.(|']{0,80}[:*+\-/.(|'][^{}]{0,200}\}", AnyCaseAcrossLines)]
    public static partial Regex Ssti();

    [GeneratedRegex(
        @"im[es]i=\d{15}(?!\d)"
        + @"|iccid=\d{18,20}(?!\d)"
        + @"|(?:mac|sid)=(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])"
        + @"|sim=\d{20}(?!\d)"
        + @"|\btel(?:num|company)=",
        AnyCase)]
    public static partial Regex DataLeakage();

    [GeneratedRegex(@"\.ht(?:access|passwd)\b|\bwp-config\.php\b", AnyCase)]
    public static partial Regex ConfigFile();

    [GeneratedRegex(
        @"\$_(?:get|post|request|server|cookie|files|session)\["
        + @"|\bxp_cmdshell\b"
        + @"|\bcmd\.exe\b|\bpowershell(?:\.exe)?[\s+]{1,4}-"
        + @"|/bin/(?:ba|da|z|c|k|a)?sh\b"
        + @"|\bjndi:(?:ldaps?|rmi|dns|nis|iiop|corba|nds|https?):"
        + @"|\$\{?ifs\b"
        + @"|\bjava\.lang\.(?:runtime|processbuilder)\b|\bgetruntime\(|\brequire\(.?child_process\b"
        + @"|\bms-msdt:"
        + @"|\(\)\s{0,4}\{[^}]{0,16};"
        + @"|\b2>&1\b|>[\s+]{0,3}/(?:tmp|dev/null|var)\b",
        AnyCase)]
    public static partial Regex RemoteCode();

    [GeneratedRegex(
        @"\bwget[\s+]{1,8}(?:-[\w-]{1,20}[\s+]{1,8}){0,4}(?:https?|ftp|tftp):/"
        + @"|\bcurl[\s+]{1,8}(?:-o\b|(?:-[\w-]{1,20}[\s+]{1,8}){0,4}(?:https?|ftp|tftp):/)"
        + @"|\bchmod[\s+]{1,8}(?:[ugoa]{0,4}\+[rwx]|0?[0-7]{3}\b)"
        + @"|\bbase64[\s+]{1,8}(?:-d\b|--decode\b)"
        + @"|\brm[\s+]{1,8}-rf\b"
        + @"|(?:;|`|\$\(|\|\||&&|\|)[\s+]{0,8}(?:cat[\s+]{1,8}/|ls[\s+]{1,8}-|uname[\s+]{1,8}-a\b|ping[\s+]{1,8}-[cn]\b|nc[\s+]{1,8}-)"
        + @"|(?:;|`|\$\(|\|\||&&)[\s+]{0,8}(?:id|whoami|uname|ifconfig|ipconfig|netstat|pwd)(?:$|[;|`)&#\s+])",
        AnyCase)]
    public static partial Regex ShellCommand();

    [GeneratedRegex(
        @"(?:\.\.[/\\]{1,2}){3}"
        + @"|[/\\]etc[/\\](?:passwd|shadow|group|hosts|issue)\b"
        + @"|\b(?:win|boot)\.ini\b|\bsystem32\b|/proc/self/",
        AnyCase)]
    public static partial Regex Traversal();

    // Acunetix, OWASP ZAP, Vega, ZmEu and its kin.
    [GeneratedRegex(
        @"acunetix|thishouldnotexistandhopefullyitwillnot|\bvvv\d{6}v\d{6}|w00tw00t|muieblackcat|netsparker",
        AnyCase)]
    public static partial Regex WebScan();

    // Forms of home routers set the resolver with parameters such as dns1, dnsserver, wan_dns_1, pridns, dnsPrimary.
    [GeneratedRegex(@"[?&;][\w.-]{0,24}?dns[\w.-]{0,24}=\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])", AnyCase)]
    public static partial Regex DnsChanger();
}
