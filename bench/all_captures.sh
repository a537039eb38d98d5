#!/usr/bin/env bash
# Hunts in every capture of a folder with 1, 2 and 4 workers: no crash, no hang over 20 s, and identical bytes.
#   bench/all_captures.sh CAPTURES INDEX
set -uo pipefail
captures=$1 index=$2
vittne=$(cd "$(dirname "$0")/.." && pwd)/artifacts/vittne
export vittne index
check() {
    local one first=""
    for workers in 1 2 4; do
        one=$(timeout 20 "$vittne" hunt --trails "$index" --all --format jsonl -q --workers $workers -- "$1" 2>/dev/null; echo "status $?")
        case "$one" in *"status 0" | *"status 1") ;; *) echo "FAILED $1: ${one##*$'\n'} with $workers workers"; return ;; esac
        if [ $workers -gt 1 ] && [ "$one" != "$first" ]; then echo "FAILED $1: other bytes with $workers workers"; return; fi
        first=$one
    done
    case "$first" in *"status 1") echo "refused $1" ;; *) echo "passed" ;; esac
}
export -f check
find "$captures" -type f ! -name INDEX.tsv -print0 | sort -z | xargs -0 -P 2 -I{} bash -c 'check "$1"' _ {} | sort | uniq -c | sort -rn | head -40
