#!/usr/bin/env bash
# Tests of the front door (./hashimichi) with a fake program and fake system commands: nothing is installed or built.
# Usage: front_door_test.sh REPOSITORY
# shellcheck disable=SC2016  # the bodies of the fakes expand when they run
set -uo pipefail

repository=$(cd "${1:-$(dirname "$0")/../..}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
unset DISPLAY WAYLAND_DISPLAY CI LC_ALL LC_MESSAGES
export LANG=C.UTF-8

check() {  # check SENTENCE COMMAND…
  local sentence=$1
  shift
  if "$@"; then echo "ok      $sentence"; else echo "FAILED  $sentence"; failures=$((failures + 1)); fi
}
same() { [ "$1" = "$2" ] || { printf '  expected: %q\n  found:    %q\n' "$2" "$1"; return 1; }; }
contains() { [[ $1 == *"$2"* ]] || { printf '  %q\n  is missing in: %q\n' "$2" "$1"; return 1; }; }

stub() {  # stub NAME BODY: a command of that name, first in the PATH of the house below
  printf '#!/usr/bin/env bash\n%s\n' "$2" >"$house/stubs/$1"
  chmod +x "$house/stubs/$1"
}

# A house of its own with a copy of the script; nothing in it reaches apt, sudo, cmake or a display.
new_house() {
  house=$(mktemp -d "$work/house.XXXX")
  mkdir -p "$house"/{stubs,geo,build/release/app}
  cp "$repository/hashimichi" "$house/"
  touch -d '1 hour ago' "$house"/{CMakeLists.txt,geo/CMakeLists.txt,geo/a.cpp,geo}
  local name
  for name in apt-get apt-cache sudo cmake ctest Xvfb; do stub "$name" "echo $name \"\$@\" >>'$house/calls'; exit 1"; done
  stub dpkg-query 'for name in "${@:3}"; do echo "ii |$name"; done'  # everything is installed
  : >"$house/calls"
}

new_program() {  # new_program BODY: an up-to-date program
  printf '#!/usr/bin/env bash\n%s\n' "$1" >"$house/build/release/app/hashimichi"
  chmod +x "$house/build/release/app/hashimichi"
  touch "$house/build/release/.built"
}

door() { PATH="$house/stubs:$PATH" "$house/hashimichi" "$@"; }

words_reach_the_program_unchanged() {
  new_house
  new_program 'pwd; printf "<%s>" "$@"; exit 4'
  mkdir "$work/some where"
  local found status
  found=$(cd "$work/some where" && door import 'a b.gml' '' '*' "it's" $'two\nlines' 除雪 2>&1)
  status=$?
  check 'words reach the program as they were typed, in the folder where they were typed' same "$found" \
    "$work/some where"$'\n<import><a b.gml><><*><it\'s><two\nlines><除雪>'
  check "the program's exit code is the front door's" same "$status" 4
  check 'nothing is built or installed when nothing changed' same "$(cat "$house/calls")" ''
  ln -s "$house/hashimichi" "$work/link"
  check 'a link to the front door finds the house' contains "$(PATH="$house/stubs:$PATH" "$work/link" info x)" '<info><x>'
  check "the demo verb's own options go to the program" contains "$(door demo --out x)" '<demo><--out><x>'
}

a_second_run_costs_less_than_a_second() {
  new_house
  new_program 'mkdir -p "${3:-.}"'
  DISPLAY=:0 door demo
  local begin=${EPOCHREALTIME/./} spent_us
  DISPLAY=:0 door demo
  spent_us=$((${EPOCHREALTIME/./} - begin))
  check "a second run starts within a second (${spent_us} µs)" test "$spent_us" -lt 1000000
}

a_newer_source_is_built_first() {
  new_house
  new_program 'echo old'
  touch -d '1 minute ago' "$house/build/release/.built"
  touch "$house/geo/a.cpp"
  stub cmake "echo building; echo cmake \"\$@\" >>'$house/calls'
    [ \"\$1\" != --build ] || printf '#!/bin/sh\necho new\n' >'$house/build/release/app/hashimichi'"
  check 'a newer source is built first, and only the program speaks on stdout' same "$(door info 2>/dev/null)" new
  check 'the release preset is built' contains "$(cat "$house/calls")" "cmake -S $house --preset release"
  : >"$house/calls"
  door info >/dev/null 2>&1
  check 'after that nothing is built' same "$(cat "$house/calls")" ''
  mkdir -p "$house"/{tests,maps}
  touch "$house"/tests/{CMakeLists.txt,new_test.cpp} "$house/maps/sheet.pdf"
  door info >/dev/null 2>&1
  check 'tests and what users write do not count as sources' same "$(cat "$house/calls")" ''
  rm "$house/geo/a.cpp"
  stub cmake 'exit 1'
  local status=0 said
  said=$(door info 2>&1 >/dev/null) || status=$?
  check 'a build that fails ends with exit code 3' same "$status" 3
  check 'a build that fails says so and where' contains "$said" "The build failed in $house/build/release"
}

without_rights_an_administrator_gets_the_line() {
  new_house
  stub dpkg-query 'for name in "${@:3}"; do case $name in cmake | xdotool | liblaszip-dev) ;; *) echo "ii |$name" ;; esac; done'
  stub id 'echo 1000'
  local said status=0
  said=$(door test 2>&1 </dev/null) || status=$?
  check 'without rights the exit code is 3' same "$status" 3
  check 'without rights the exact line for an administrator is printed' same "$(tail -n 1 <<<"$said")" \
    "apt-get update && apt-get install -y --no-install-recommends cmake xdotool && $house/hashimichi test --install-only"
  check 'without rights nothing is installed' same "$(grep -c 'apt-get' "$house/calls")" 0
  stub apt-cache 'echo "  Candidate: 3.4.3-2"'
  said=$(door demo 2>&1 </dev/null)
  check 'where the own apt has LASzip the line is plain apt, and the demo asks for no test package' same \
    "$(tail -n 1 <<<"$said")" "apt-get update && apt-get install -y --no-install-recommends cmake liblaszip-dev"
  said=$(LANG=ja_JP.UTF-8 door demo 2>&1 </dev/null)
  check 'a Japanese user is told in Japanese' contains "$said" '管理者(root)に渡してください'
}

mirrors_come_from_both_source_formats() {
  local apt_folder=$work/apt
  mkdir -p "$apt_folder"/{parts,lists}
  cat >"$apt_folder/parts/one-line.list" <<'LIST'
# deb http://commented.invalid/debian bookworm main
deb [arch=amd64] http://one-line.invalid/debian bookworm main contrib
deb http://one-line.invalid/debian bookworm-updates main
LIST
  cat >"$apt_folder/parts/blocks.sources" <<'SOURCES'
Types: deb deb-src
URIs: https://blocks.invalid/debian/
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: https://security.invalid/debian-security/
Suites: bookworm-security
Components: main
SOURCES
  printf '%s\n' "Dir::Etc::SourceList \"/dev/null\";" "Dir::Etc::SourceParts \"$apt_folder/parts\";" \
    "Dir::State::Lists \"$apt_folder/lists\";" "Dir::Cache \"$apt_folder\";" >"$apt_folder/apt.conf"
  check 'mirrors are read from one-line and from block sources, without updates and security' same \
    "$(APT_CONFIG="$apt_folder/apt.conf" inside debian_mirrors | sort)" \
    $'http://one-line.invalid/debian/\nhttps://blocks.invalid/debian/'
}

the_private_apt_sees_laszip_only() {
  local folder=$work/private
  inside private_apt "$folder" http://mirror.invalid/debian/
  check "the private source is checked against Debian's keyring" same "$(cat "$folder/sources.list")" \
    'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.invalid/debian/ trixie main'
  check 'the pin forbids everything and then allows LASzip' same "$(grep -E 'Package|Priority' "$folder/preferences")" \
    $'Package: *\nPin-Priority: -1\nPackage: liblaszip*\nPin-Priority: 500'
  check 'no host name stands in the script' test -z "$(grep -E '[a-z]+://|\.(org|com|net|jp)\b' "$repository/hashimichi")"
}

inside() { (HASHIMICHI_SOURCE_ONLY=1 . "$repository/hashimichi" && "$@"); }

the_demo_without_a_display_lists_its_maps() {
  new_house
  new_program 'echo "$@"; mkdir -p "$3/sources" && touch "$3/sources/dem.tif" && head -c 2048 /dev/zero >"$3/除雪 map.pdf"; exit 1'
  local found status=0
  found=$(door 2>/dev/null) || status=$?
  check 'without a display the demo runs headless' contains "$found" "demo --out $house/demo-output --headless"
  check 'without a display the maps are listed with their sizes' contains "$found" "2.0K $house/demo-output/除雪 map.pdf"
  check "the town's source files are not listed among the maps" test "${found/dem.tif/}" = "$found"
  check 'problems in the demo show in the exit code' same "$status" 1
}

the_demo_with_a_display_is_made_once() {
  new_house
  new_program 'echo "$@"; [ "$1" = view ] || mkdir -p "$3"'
  check 'with a display the town is made and then opened' same "$(DISPLAY=:0 door demo)" \
    "demo --out $house/demo-output"$'\n'"view $house/demo-output/town.hashimichi"
  check 'the second time it is only opened' same "$(DISPLAY=:0 door)" "view $house/demo-output/town.hashimichi"
}

tests_run_under_a_display_of_their_own() {
  new_house
  stub cmake 'exit 0'
  stub Xvfb "echo \$\$ >'$house/display_pid'; echo 77 >&3; exec 3>&-; exec sleep 50"
  stub ctest 'echo "$DISPLAY $LIBGL_ALWAYS_SOFTWARE ${@:3}"; exit 8'
  local found status=0
  found=$(DISPLAY=:5 door test -R snow 2>/dev/null) || status=$?
  check 'the suite sees the display that was started, and the words after test' same "$found" \
    ':77 1 -j2 --output-on-failure -R snow'
  check "the suite's exit code is the front door's" same "$status" 8
  check 'the display is stopped afterwards' test ! -e "/proc/$(cat "$house/display_pid")"
  stub Xvfb 'exit 1'
  status=0
  door test >/dev/null 2>&1 || status=$?
  check 'a display that does not start is said, not waited for' same "$status" 3
}

for script in hashimichi .ci/run tests/front_door/front_door_test.sh; do
  check "$script is sound bash" bash -n "$repository/$script"
done
words_reach_the_program_unchanged
a_second_run_costs_less_than_a_second
a_newer_source_is_built_first
without_rights_an_administrator_gets_the_line
mirrors_come_from_both_source_formats
the_private_apt_sees_laszip_only
the_demo_without_a_display_lists_its_maps
the_demo_with_a_display_is_made_once
tests_run_under_a_display_of_their_own
echo "$failures failures"
[ "$failures" = 0 ]
