#!/bin/sh
# Installs the library for one user: install.sh TREE
set -eu
cd "$1"
# [install]
cmake -S . -B build/package -DCMAKE_BUILD_TYPE=Release
cmake --build build/package --parallel && cmake --install build/package --prefix "$HOME/.local"
# [/install]
