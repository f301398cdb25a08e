# The five libraries mtp stands on. Asio is the only one that public headers show.
find_package(Threads REQUIRED)
# MODULE: a package manager that prefers package files would find its own under the same name.
find_package(Asio 1.22 MODULE REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
# MODULE: Debian 12 has it without package files.
find_package(Utf8proc MODULE REQUIRED)
