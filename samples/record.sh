#!/usr/bin/env bash
# Records the sample captures with real clients and servers in two network namespaces of this machine. Nothing leaves it.
#
#   sudo samples/record.sh [NAME]      NAME: only this one, such as tls/visits
#
# Needs Debian's packages nginx-light dnsmasq-base openssh-server openssh-client openssl curl dnsutils nmap tcpdump iproute2.
# Addresses are documentation ranges (RFC 5737, RFC 3849), names are children of reserved names (RFC 2606).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
only=${1:-}
work=$(mktemp -d)
chmod 755 "$work"
client="ip netns exec vittne-client"
server="ip netns exec vittne-server"

cleanup() {
    for pid in $(cat "$work"/*.pid 2>/dev/null); do kill "$pid" 2>/dev/null || true; done
    ip netns del vittne-client 2>/dev/null || true
    ip netns del vittne-server 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

network() {
    ip netns add vittne-client
    ip netns add vittne-server
    ip link add vc netns vittne-client type veth peer name vs netns vittne-server
    $client ip addr add 192.0.2.10/24 dev vc
    $client ip -6 addr add 2001:db8::10/64 dev vc nodad
    for address in 192.0.2.1 192.0.2.53 192.0.2.80 192.0.2.66; do $server ip addr add $address/24 dev vs; done
    $server ip -6 addr add 2001:db8::80/64 dev vs nodad
    $client ip link set vc up; $client ip link set lo up
    $server ip link set vs up; $server ip link set lo up
    # Offloads would record segments that never were on a wire.
    $client ethtool -K vc tx off gso off tso off gro off >/dev/null 2>&1 || true
    $server ethtool -K vs tx off gso off tso off gro off >/dev/null 2>&1 || true
}

services() {
    mkdir -p "$work/www/updates" "$work/log"
    head -c 20000 /dev/zero | tr '\0' 'A' > "$work/www/updates/setup.bin"
    echo '<html><title>Nothing here</title></html>' > "$work/www/index.html"
    cat > "$work/nginx.conf" <<CONF
pid $work/nginx.pid; error_log $work/log/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  access_log off; client_body_temp_path $work/log; proxy_temp_path $work/log; fastcgi_temp_path $work/log; uwsgi_temp_path $work/log; scgi_temp_path $work/log;
  server { listen 80; listen [::]:80; listen 8081; root $work/www; location / { try_files \$uri /index.html; } }
  server {
    listen 4433 ssl http2; listen 4434 ssl; root $work/www; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; location / { try_files \$uri /index.html; }
  }
}
CONF
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/O=Vittne sample/CN=login.example.org' -addext 'subjectAltName=DNS:login.example.org' \
        -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
    $server nginx -c "$work/nginx.conf" -p "$work"
    $server dnsmasq --no-daemon --no-resolv --no-hosts --log-facility=/dev/null --listen-address=192.0.2.53 --bind-interfaces \
        --address=/example.com/192.0.2.80 --address=/example.net/192.0.2.80 --address=/example.org/192.0.2.80 --user=root & echo $! > "$work/dnsmasq.pid"
    $server openssl s_server -accept 443 -key "$work/key.pem" -cert "$work/cert.pem" -www -quiet >/dev/null 2>&1 & echo $! > "$work/tls.pid"
    $server openssl s_server -accept 444 -key "$work/key.pem" -cert "$work/cert.pem" -www -quiet -no_etm -cipher ALL:@SECLEVEL=0 >/dev/null 2>&1 & echo $! > "$work/tls-no-etm.pid"
    ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
    mkdir -p /run/sshd
    $server /usr/sbin/sshd -D -e -p 2222 -h "$work/host_key" -o UsePAM=no -o PidFile="$work/sshd.pid" 2>/dev/null & echo $! > "$work/sshd-shell.pid"
    sleep 1
}

# record NAME COMMAND...: what the commands of the function send and get.
record() {
    local name=$1; shift
    [[ -z $only || $only == "$name" ]] || return 0
    mkdir -p "$(dirname "$here/$name")"
    $client tcpdump -i vc -U -q -w "$here/$name.pcap" 'not icmp6' 2>/dev/null & local pid=$!
    sleep 1
    "$@" || true
    sleep 1
    kill -INT $pid; wait $pid 2>/dev/null || true
    echo "$name.pcap: $(tcpdump --count -r "$here/$name.pcap" 2>/dev/null)"
}

lookup() { $client dig +tries=1 +time=1 @192.0.2.53 "$@" >/dev/null 2>&1 || true; }
fetch() { $client curl -s -m 3 -o /dev/null "$@" || true; }

# An afternoon at a desk: ordinary visits, and one machine that has a guest.
office() {
    lookup www.example.com A
    fetch -H 'Host: www.example.com' http://192.0.2.80/
    lookup cdn.c2.example.net A
    lookup c2.example.net AAAA
    fetch -A 'Mozilla/5.0 (X11; Linux x86_64)' -H 'Host: updates.example.org' http://192.0.2.80/updates/setup.bin
    fetch -A 'Mozilla/5.0 (X11; Linux x86_64)' -H 'Host: gate.example.org' --data 'id=7&os=linux' 'http://192.0.2.80:8081/panel/gate.php?step=1'
    fetch -k --resolve login.example.org:443:192.0.2.80 https://login.example.org/
    fetch -k --tls-max 1.2 --resolve login.example.org:443:192.0.2.80 https://login.example.org/account
    fetch http://192.0.2.66/
    fetch -g 'http://[2001:db8::80]/'
}

# Visits with every cipher that is decrypted; the secrets go into a key log beside the capture.
visit() {
    local port=$1; shift
    SSLKEYLOGFILE="$here/tls/visits.keys" fetch -k --http1.1 --resolve "login.example.org:$port:192.0.2.80" "$@"
}
visits() {
    rm -f "$here/tls/visits.keys"
    visit 4434 --tls13-ciphers TLS_AES_128_GCM_SHA256 https://login.example.org:4434/?suite=1301
    visit 4434 --tls13-ciphers TLS_AES_256_GCM_SHA384 https://login.example.org:4434/?suite=1302
    visit 4434 --tls13-ciphers TLS_CHACHA20_POLY1305_SHA256 https://login.example.org:4434/?suite=1303
    visit 4433 --http2 https://login.example.org:4433/?suite=h2 -o /dev/null https://login.example.org:4433/updates/setup.bin
    visit 4434 --tls-max 1.2 --ciphers ECDHE-RSA-AES128-GCM-SHA256 https://login.example.org:4434/?suite=c02f
    visit 4434 --tls-max 1.2 --ciphers ECDHE-RSA-AES256-GCM-SHA384 https://login.example.org:4434/?suite=c030
    visit 4434 --tls-max 1.2 --ciphers ECDHE-RSA-CHACHA20-POLY1305 https://login.example.org:4434/?suite=cca8
    visit 4434 --tls-max 1.2 --ciphers ECDHE-RSA-AES256-SHA384 https://login.example.org:4434/?suite=c028
    visit 4434 --tls-max 1.2 --ciphers AES128-SHA https://login.example.org:4434/?suite=002f
    visit 444 --tls-max 1.2 --ciphers AES128-SHA256 https://login.example.org:444/?suite=003c
    visit 444 --tls-max 1.1 --ciphers AES256-SHA:@SECLEVEL=0 https://login.example.org:444/?suite=0035
    visit 444 --tls-max 1.0 --ciphers AES128-SHA:@SECLEVEL=0 https://login.example.org:444/?suite=002f
    # K at the start of a line changes the keys of both sides (RFC 8446 section 4.6.3).
    { printf 'GET /?keys=first HTTP/1.1\r\nHost: login.example.org\r\n\r\n'; sleep 1; printf 'K\n'; sleep 1
      printf 'GET /?keys=second HTTP/1.1\r\nHost: login.example.org\r\nConnection: close\r\n\r\n'; sleep 1; } \
        | $client openssl s_client -connect 192.0.2.80:4434 -servername login.example.org -tls1_3 -keylogfile "$here/tls/visits.keys" >/dev/null 2>&1
    # Each line has a random of the connection and a secret; those that nothing is opened with are left out.
    grep -v '^#\|^RSA\|EXPORTER' "$here/tls/visits.keys" > "$work/keys" && mv "$work/keys" "$here/tls/visits.keys"
}

scan() { $client nmap -n -Pn -sS --max-retries 0 -T4 -p 20-60 192.0.2.66 >/dev/null 2>&1; }
shell() { $client ssh -p 2222 -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null nobody@192.0.2.80 true 2>/dev/null; }
names() { lookup www.example.com A; lookup +tcp c2.example.net TXT; lookup example.org MX; lookup nowhere.invalid A; }

network
services
record hunt/office office
record tls/visits visits
record hunt/scan scan
record ssh/login shell
record dns/lookups names
