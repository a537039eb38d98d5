#!/usr/bin/env bash
# Publishes the NativeAOT binary of this machine's platform to artifacts/vittne. Fails on any warning.
# Needs the .NET 10 SDK, a C compiler (Debian: clang or gcc) and zlib1g-dev.
set -euo pipefail
cd "$(dirname "$0")"
case "$(uname -m)" in
    x86_64) rid=linux-x64 ;;
    aarch64) rid=linux-arm64 ;;
    *) echo "publish.sh: no target for $(uname -m)" >&2; exit 1 ;;
esac
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet publish src/Vittne.Cli -c Release -r "$rid" -o "$out" --nologo -v quiet -warnaserror
mkdir -p artifacts
# Renamed into place: a running vittne keeps its file.
cp "$out/vittne" artifacts/vittne.new
mv artifacts/vittne.new artifacts/vittne
ls -l artifacts/vittne | awk '{printf "artifacts/vittne, %.1f MB\n", $5 / 1e6}'
