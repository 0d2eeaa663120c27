#!/bin/bash
# Makes an archive of class data, with which Relay starts with about a third less processor time:
#
#   deploy/archive.sh relay.jar relay.jsa
#   java -XX:SharedArchiveFile=relay.jsa -jar relay.jar
#
# Starts the jar once on a free port with empty data in a temporary folder, and stops it. Make the archive again after every update of the
# jar or of Java: Java ignores an archive that does not fit.
set -eu

[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
jar=$(realpath "$1") archive=$(realpath -m "$2")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Clears what would configure Relay.
for name in $(compgen -e | grep '^RELAY_' || true); do unset "$name"; done
cd "$work"
"$java" -XX:ArchiveClassesAtExit="$work/relay.jsa" -jar "$jar" --set http.port=0 --set dataDir=data >log 2>&1 &
pid=$!
for ((i = 0; i < 600; i++)); do
  grep -q 'Relay is ready at' log && break
  kill -0 "$pid" 2>/dev/null || { cat log >&2; exit 1; }
  sleep 0.2
done
url=$(sed -n 's/^Relay is ready at //p' log)
if command -v curl >/dev/null; then
  for path in livez readyz metrics chat desk; do curl -s -o /dev/null -m 10 "$url/$path" || true; done
fi
kill "$pid"
wait "$pid" || true
pid=
[ -f relay.jsa ] || { cat log >&2; echo "Java made no archive" >&2; exit 1; }
mv relay.jsa "$archive"
echo "$archive: start Relay with java -XX:SharedArchiveFile=$archive -jar $jar"
