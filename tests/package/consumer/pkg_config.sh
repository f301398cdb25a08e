#!/bin/sh
# Builds the program with what pkg-config says, in a folder that is there: pkg_config.sh shared|static FOLDER
set -eu
cp "$(dirname "$0")"/*.[ch]pp "$2"
cd "$2"
if [ "$1" = shared ]; then
  # [shared]
  c++ -std=c++20 main.cpp $(pkg-config --cflags --libs mtp) -o bot
  # [/shared]
else
  # [static]
  c++ -std=c++20 main.cpp $(pkg-config --static --cflags --libs mtp) -o bot
  # [/static]
fi
case $1 in static) set -- --static ;; *) set -- ;; esac
c++ -std=c++20 -DCONSUMER_HAS_TESTING main.cpp talk.cpp $(pkg-config "$@" --cflags --libs mtp-testing) -o talking
