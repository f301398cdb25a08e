// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// The macros that may stand before generated code: those of headers, and of libraries that are not
// here.

#include <arpa/inet.h>
#include <endian.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdio>

#define emit
#define far
#define foreach(x) for (x)
#define interface struct
#define near
#define signals public

#define DELETE (0x00010000L)
#define ERROR 0
#define FALSE 0
#define IN
#define TRUE 1
#define i386 1
#define linux 1
#define major(x) (x)
#define makedev(x, y) (x)
#define minor(x) (x)
#define unix 1
