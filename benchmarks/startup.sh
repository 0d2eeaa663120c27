#!/bin/bash
# Compares the start-up cost of two jars: the processor time (user and system) that a Relay with nothing configured has used when
# GET /livez first answers 200. Linux only; needs curl.
#
#   benchmarks/startup.sh [-n ROUNDS] [-r] [-j JAVA] [-a ARCHIVE] BASE_JAR NEW_JAR
#
#   -n ROUNDS   how often each jar is started; default 7
#   -r          restart: starts on a data folder that an earlier start has filled; default: an empty folder
#   -j JAVA     the java program; default: the one in JAVA_HOME, else in the PATH
#   -a ARCHIVE  a class-data archive for NEW_JAR, made with it by deploy/archive.sh
#
# The jars start alternately, one at a time, so that a slow minute of the machine meets both. The ratio is that of the medians.
set -eu

rounds=7 restart=0 java=${JAVA_HOME:+$JAVA_HOME/bin/}java archive=
while getopts n:rj:a: option; do
  case $option in
    n) rounds=$OPTARG ;;
    r) restart=1 ;;
    j) java=$OPTARG ;;
    a) archive=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 2 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2; }
base=$(realpath "$1") new=$(realpath "$2")
archive=${archive:+$(realpath "$archive")}
work=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Clears what would configure Relay.
for name in $(compgen -e | grep '^RELAY_' || true); do unset "$name"; done

# Below the ports that systems give to connections.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Starts a jar, waits for the first answer, prints the milliseconds of processor time and of the clock, and ends the jar.
start() { # jar, data folder, options of java...
  local jar=$1 data=$2 port began ticks answered
  shift 2
  port=$(free_port)
  began=$(date +%s%3N)
  (cd "$work" && exec "$java" "$@" -jar "$jar" --set "http.port=$port" --set "dataDir=$data") >"$work/log" 2>&1 &
  pid=$!
  while :; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; echo "$jar did not start" >&2; exit 1; }
    [ "$(curl -s -o /dev/null -m 5 -w '%{http_code}' "http://127.0.0.1:$port/livez" || true)" = 200 ] && break
    sleep 0.02
  done
  # After the program's name in parentheses: utime and stime are the 12th and 13th fields.
  ticks=$(sed 's/.*) //' "/proc/$pid/stat" | awk '{print $12 + $13}')
  answered=$(date +%s%3N)
  echo "$((ticks * 1000 / $(getconf CLK_TCK))) $((answered - began))"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

median() { sort -n "$1" | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

measure() { # name, jar, options of java...
  local name=$1 jar=$2 data=$work/data-$1
  shift 2
  [ $restart = 1 ] || rm -rf "$data"
  figures=$(start "$jar" "$data" "$@") || exit 1
  set -- $figures
  [ "$round" = 0 ] || { echo "$1" >>"$work/cpu-$name"; echo "$2" >>"$work/wall-$name"; }
  printf '%6s ms cpu %6s ms wall  %s\n' "$1" "$2" "$name"
}

"$java" -version 2>&1 | sed -n 2p
# Round 0 warms the page cache and, with -r, fills the data folders; it is not counted.
for ((round = 0; round <= rounds; round++)); do
  echo "round $round$([ $round != 0 ] || echo ' (not counted)')"
  measure base "$base"
  measure new "$new" ${archive:+-XX:SharedArchiveFile="$archive"}
done
b=$(median "$work/cpu-base") n=$(median "$work/cpu-new")
echo "processor time, median of $rounds: base $b ms, new $n ms; ratio $(awk "BEGIN {printf \"%.2f\", $n / $b}")"
echo "wall clock,     median of $rounds: base $(median "$work/wall-base") ms, new $(median "$work/wall-new") ms"
