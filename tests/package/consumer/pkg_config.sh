#!/bin/sh
# Builds the program with what pkg-config says, in this folder: pkg_config.sh shared|static PROGRAM PROGRAM_WITH_TESTING
set -eu
cd "$(dirname "$0")"
kind=$1 program=$2 talking=$3
if [ "$kind" = shared ]; then
  # [shared]
  c++ -std=c++20 main.cpp $(pkg-config --cflags --libs mtp) -o "$program"
  # [/shared]
else
  # [static]
  c++ -std=c++20 main.cpp $(pkg-config --static --cflags --libs mtp) -o "$program"
  # [/static]
fi
case $kind in static) set -- --static ;; *) set -- ;; esac
c++ -std=c++20 -DCONSUMER_HAS_TESTING main.cpp talk.cpp $(pkg-config "$@" --cflags --libs mtp-testing) -o "$talking"
