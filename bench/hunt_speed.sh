#!/usr/bin/env bash
# Time of `vittne hunt` on a large capture as a ratio to tcpdump in the same run, best of three each, page cache warm.
#   bench/hunt_speed.sh MIX.pcap INDEX [options of hunt…]
set -euo pipefail
mix=$1 index=$2; shift 2
vittne=$(dirname "$0")/../artifacts/vittne
cat "$mix" > /dev/null

best() { # prints "wall cpu maxrss" of the fastest of three runs
    for _ in 1 2 3; do /usr/bin/env time -f '%e %U %S %M' "$@" 2>&1 >/dev/null | tail -1; done \
        | awk '{c = $2 + $3; if (!n++ || $1 < w) {w = $1; cpu = c; m = $4}} END {print w, cpu, m}'
}

read -r tw tc _ <<< "$(best tcpdump -r "$mix" -w /dev/null 'tcp port 80')"
echo "tcpdump:          wall ${tw} s, CPU ${tc} s"
for workers in 1 2; do
    read -r vw vc vm <<< "$(best "$vittne" hunt --trails "$index" --all --format jsonl -q -o /dev/null --workers $workers "$@" -- "$mix")"
    echo "hunt --workers $workers: wall ${vw} s, CPU ${vc} s, $(awk "BEGIN{printf \"%.2f times tcpdump's wall, %.2f times its CPU, %.0f MB resident (mapped files included)\", $vw/$tw, $vc/$tc, $vm/1000}")"
done
