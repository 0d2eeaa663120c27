#!/bin/bash
# Compares this tree with an earlier commit and with the limits of the machine: rates, and the processor time of the whole process for each
# message. Writes a table and a picture.
#
#   benchmarks/beside.sh [-n ROUNDS] [-s SECONDS] [-b COMMIT] [-l LIBRARIES] FOLDER
#
#   -n ROUNDS      how often each side is measured; default 3. A round takes about two minutes.
#   -s SECONDS     how long each figure is measured; default 6
#   -b COMMIT      the commit to compare with; default e08db12
#   -l LIBRARIES   the class path of the libraries of adapter-jdbc; by default Maven is asked for it
#   FOLDER         for classes, databases and results, on the disk to measure; beside.txt and beside.svg are written there
#
# The sides run alternately, one at a time, so that a slow minute of the machine meets all of them; the figures are medians. Needs git and a
# JDK, and about 2 GB on the disk.
set -eu

rounds=3 seconds=6 commit=e08db12 libraries=
while getopts n:s:b:l: option; do
  case $option in
    n) rounds=$OPTARG ;;
    s) seconds=$OPTARG ;;
    b) commit=$OPTARG ;;
    l) libraries=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || { sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
tree=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "$libraries" ]; then
  mvn -q -f "$tree/pom.xml" -pl adapter-jdbc -am -DincludeScope=runtime -Dmdep.outputFile="$folder/libraries.txt" \
    dependency:build-classpath >&2
  libraries=$(cat "$folder/libraries.txt")
fi

# compile SOURCES CLASSES: the core, the JDBC store and what the measurements need of this module, of the tree in SOURCES.
compile() {
  local own=benchmarks/src/main/java/dev/relay/benchmarks
  rm -rf "$2" && mkdir -p "$2"
  find "$1/relay-core/src/main/java" "$1/adapter-jdbc/src/main/java" -name '*.java' ! -name module-info.java > "$2.list"
  ls "$1/$own/World.java" "$1/$own/Load.java" "$1/$own/RawDisk.java" >> "$2.list"
  ls "$tree/$own/Round.java" "$tree/$own/Limits.java" "$tree/$own/Chart.java" >> "$2.list"
  javac -proc:none -nowarn -d "$2" -cp "$libraries" "@$2.list"
  cp -r "$1/relay-core/src/main/resources/." "$1/adapter-jdbc/src/main/resources/." "$2"
}

earlier=$folder/earlier
rm -rf "$earlier" && mkdir -p "$earlier"
git -C "$tree" archive "$commit" | tar -x -C "$earlier"
compile "$earlier" "$folder/base"
compile "$tree" "$folder/new"

results=$(mktemp -d "$folder/results.XXXX")
run() { java -cp "$folder/$1:$libraries" "dev.relay.benchmarks.$2" "$results" "$seconds" 2>/dev/null >> "$results/$3"; }
for ((round = 0; round < rounds; round++)); do
  run new Limits limits
  run base Round base
  run new Round new
  find "$results" -name '*.db*' -delete
done

median() { awk -v n="$2" -v f="$3" '$1 == n {print $f}' "$results/$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }
{
  printf '%s, commit %s beside this tree, median of %s rounds, load %s\n\n' "$(date +%F)" "$commit" "$rounds" "$(cut -d' ' -f1-3 /proc/loadavg)"
  printf 'raw 4 KiB write + fdatasync: %s/s\n' "$(median limits raw 2)"
  printf 'bare loop, 1 and 64 in a transaction: %s/s, %s/s\n\n' "$(median limits bare-1 2)" "$(median limits bare-64 2)"
  printf '%-16s %10s %10s %6s %10s %10s %6s %10s\n' what base/s new/s ratio base/us new/us ratio 'new ÷ bare'
  for name in acknowledge-1 acknowledge-64 answer-1 answer-64 answer-256; do
    b=$(median base $name 2) n=$(median new $name 2)
    c=$(median base $name 3) d=$(median new $name 3)
    bare=$(median limits bare-$([ "${name##*-}" = 1 ] && echo 1 || echo 64) 2)
    printf '%-16s %10s %10s %6s %10s %10s %6s %10s\n' $name "$b" "$n" "$(ratio "$n" "$b")" "$c" "$d" "$(ratio "$d" "$c")" "$(ratio "$n" "$bare")"
  done
} | tee "$folder/beside.txt"

rows() {
  for name in 1 64; do
    what="acknowledged, $name at once"
    [ $name = 1 ] && echo "$what;raw write + fdatasync;$(median limits raw 2)"
    echo "$what;bare loop;$(median limits bare-$name 2)"
    echo "$what;$commit;$(median base acknowledge-$name 2)"
    echo "$what;this tree;$(median new acknowledge-$name 2)"
  done
  for name in 1 64 256; do
    what="question to answer, $name at once"
    echo "$what;$commit;$(median base answer-$name 2)"
    echo "$what;this tree;$(median new answer-$name 2)"
  done
}
rows > "$results/rows"
java -cp "$folder/new" dev.relay.benchmarks.Chart "$results/rows" "$folder/beside.svg"
