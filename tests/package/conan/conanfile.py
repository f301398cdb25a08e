# SPDX-License-Identifier: MIT OR Apache-2.0
"""The libraries of the system as Conan packages, so that the recipe of mtp can be tried without any remote. Exported once for
each of them: conan export . --name zlib --version 1.2.13"""
from conan import ConanFile

# name: (name of the CMake package, the target, what is linked, the component of it)
LIBRARIES = {
    "asio": ("asio", "asio::asio", [], None),
    "openssl": ("OpenSSL", "OpenSSL::Crypto", ["crypto"], "crypto"),
    "zlib": ("ZLIB", "ZLIB::ZLIB", ["z"], None),
    "fmt": ("fmt", "fmt::fmt", ["fmt"], None),
    "utf8proc": ("utf8proc", "utf8proc::utf8proc", ["utf8proc"], None),
    "sqlite3": ("SQLite3", "SQLite::SQLite3", ["sqlite3"], None),
    "libpq": ("PostgreSQL", "PostgreSQL::PostgreSQL", ["pq"], "pq"),
    "libqrencode": ("libqrencode", "libqrencode::libqrencode", ["qrencode"], None),
    "hiredis": ("hiredis", "hiredis::hiredis", ["hiredis"], "hiredislib"),
    "libcurl": ("CURL", "CURL::libcurl", ["curl"], "curl"),
    "nlohmann_json": ("nlohmann_json", "nlohmann_json::nlohmann_json", [], None),
}


class SystemLibrary(ConanFile):
    settings = "os", "arch", "compiler", "build_type"

    def package_id(self):
        self.info.clear()

    def package_info(self):
        file, target, libraries, component = LIBRARIES[self.name]
        self.cpp_info.set_property("cmake_file_name", file)
        info = self.cpp_info.components[component] if component else self.cpp_info
        info.set_property("cmake_target_name", target)
        if self.name == "fmt":  # as its own package files say, where it is a shared library
            info.defines = ["FMT_SHARED"]
        includes = ["/usr/include/postgresql"] if self.name == "libpq" else []
        info.includedirs, info.libdirs, info.bindirs, info.system_libs = includes, [], [], libraries
