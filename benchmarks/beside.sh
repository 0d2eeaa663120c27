#!/bin/bash
# Compares what a message costs in two versions: rates, and the processor time of the whole process for each message.
#
#   benchmarks/beside.sh [-n ROUNDS] BASE_CLASSPATH NEW_CLASSPATH
#
#   -n ROUNDS   how often each version is measured; default 3
#
# Each class path holds a version's core, its JDBC store with all it needs, and this module's classes, compiled against that version. The
# versions run alternately, one at a time, so that a slow minute of the machine meets both; the figures printed are medians.
set -eu

rounds=3
while getopts n: option; do
  case $option in
    n) rounds=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 2 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for ((round = 0; round < rounds; round++)); do
  java -cp "$1" dev.relay.benchmarks.Round "$work" 2>/dev/null >> "$work/base"
  java -cp "$2" dev.relay.benchmarks.Round "$work" 2>/dev/null >> "$work/new"
done

median() { awk -v n="$2" -v f="$3" '$1 == n {print $f}' "$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
printf '%-16s %10s %10s %6s %10s %10s %6s\n' what base/s new/s ratio base/us new/us ratio
for name in acknowledge-1 acknowledge-64 answer-1 answer-64; do
  b=$(median "$work/base" $name 2) n=$(median "$work/new" $name 2)
  c=$(median "$work/base" $name 3) d=$(median "$work/new" $name 3)
  printf '%-16s %10s %10s %6.2f %10s %10s %6.2f\n' $name "$b" "$n" "$(echo "$n $b" | awk '{print $1 / $2}')" \
    "$c" "$d" "$(echo "$d $c" | awk '{print $1 / $2}')"
done
