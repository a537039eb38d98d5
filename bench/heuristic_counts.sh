#!/usr/bin/env bash
# How often each heuristic speaks in a folder of captures: one run a capture, 20 s at most, niced.
#   bench/heuristic_counts.sh CAPTURES INDEX OUT [options of hunt…]
# OUT becomes a folder with a .jsonl of the heuristic events of each capture that has some; the table goes to standard output:
# captures, events, heuristic. VITTNE names another program than artifacts/vittne.
set -uo pipefail
captures=$(cd "$1" && pwd) index=$2 out=$3; shift 3
vittne=${VITTNE:-$(cd "$(dirname "$0")/.." && pwd)/artifacts/vittne}
options="$*"
mkdir -p "$out"
export captures index out vittne options
one() {
    local name=${1#"$captures"/} target
    target=$out/${name//\//__}.jsonl
    timeout 20 nice "$vittne" hunt --trails "$index" --all --format jsonl -q $options -- "$1" 2> /dev/null | grep '"kind":"heuristic"' > "$target"
    [ "${PIPESTATUS[0]}" -eq 124 ] && echo "over 20 s: $name" >&2
    [ -s "$target" ] || rm -f "$target"
}
export -f one
find "$captures" -type f ! -name INDEX.tsv -print0 | sort -z | xargs -0 -P 2 -I{} bash -c 'one "$1"' _ {}
cd "$out" || exit 1
echo "captures events heuristic"
grep -ho '"heuristic":"[a-z-]*"' -- *.jsonl | sort | uniq -c | sed 's/"heuristic":"//; s/"$//' | while read -r events id; do
    echo "$(grep -l "\"heuristic\":\"$id\"" -- *.jsonl | wc -l) $events $id"
done | sort -k3
