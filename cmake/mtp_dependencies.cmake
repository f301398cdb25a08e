# The four libraries mtp stands on. Asio is the only one that public headers show.
find_package(Threads REQUIRED)
find_package(Asio REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
