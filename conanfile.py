# SPDX-License-Identifier: MIT OR Apache-2.0
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd, cross_building
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir


class MtpRecipe(ConanFile):
    name = "mtp"
    license = "MIT OR Apache-2.0"
    description = "A Telegram MTProto client for C++20 coroutines"
    topics = ("telegram", "mtproto", "coroutines", "asio")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "testing": [True, False], "sqlite": [True, False],
               "postgres": [True, False], "redis": [True, False], "libsql": [True, False],
               "qr": [True, False]}
    default_options = {"shared": False, "fPIC": True, "testing": True, "sqlite": False, "postgres": False,
                       "redis": False, "libsql": False, "qr": False}
    implements = ["auto_shared_fpic"]
    exports_sources = ("CMakeLists.txt", "LICENSE-*", "cmake/*", "codegen/*", "include/*", "src/*", "tl/*")

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(mtp VERSION ([0-9.]+)", text)[1]

    def layout(self):
        cmake_layout(self)

    def validate(self):
        check_min_cppstd(self, 20)
        if self.options.libsql and not self.options.sqlite:
            raise ConanInvalidConfiguration("the option libsql needs the option sqlite")

    def requirements(self):
        # Public headers show Asio and nothing else.
        self.requires("asio/[>=1.22]", transitive_headers=True)
        self.requires("openssl/[>=3 <4]")
        self.requires("zlib/[>=1.2.11 <2]")
        self.requires("fmt/[>=9]")
        self.requires("utf8proc/[>=2.5 <3]")
        if self.options.testing or self.options.libsql:
            self.requires("nlohmann_json/[>=3.2 <4]", visible=False)
        if self.options.sqlite:
            self.requires("sqlite3/[>=3.31 <4]")
        if self.options.postgres:
            self.requires("libpq/[>=11]")
        if self.options.redis:
            self.requires("hiredis/[>=1 <2]")
        if self.options.libsql:
            self.requires("libcurl/[>=7.78 <9]")
        if self.options.qr:
            self.requires("libqrencode/[>=4 <5]")

    def build_requirements(self):
        if cross_building(self):  # the generator, for the machine that builds
            self.tool_requires(f"{self.name}/{self.version}")

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["MTP_TESTING"] = bool(self.options.testing)
        toolchain.cache_variables["MTP_SQLITE"] = bool(self.options.sqlite)
        toolchain.cache_variables["MTP_POSTGRES"] = bool(self.options.postgres)
        toolchain.cache_variables["MTP_REDIS"] = bool(self.options.redis)
        toolchain.cache_variables["MTP_LIBSQL"] = bool(self.options.libsql)
        toolchain.cache_variables["MTP_QR"] = bool(self.options.qr)
        if cross_building(self):
            toolchain.cache_variables["MTP_TLGEN"] = os.path.join(
                self.dependencies.build[self.name].package_folder, "bin", "mtp-tlgen")
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE-*", self.source_folder, os.path.join(self.package_folder, "licenses"))
        # Conan writes what finds the package.
        for folder in (("lib", "cmake"), ("lib", "pkgconfig"), ("share",)):
            rmdir(self, os.path.join(self.package_folder, *folder))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "mtp")
        library = self.cpp_info.components["mtp"]
        library.libs = ["mtp"]
        library.requires = ["asio::asio", "openssl::crypto", "zlib::zlib", "fmt::fmt", "utf8proc::utf8proc"]
        library.defines = ["ASIO_STANDALONE"]
        if self.settings.os in ("Linux", "FreeBSD"):
            library.system_libs = ["pthread"]
        if self.settings.os == "Linux":  # as FindAsio.cmake says, and why
            library.defines.append("ASIO_HAS_STD_ALIGNED_ALLOC=1")
        if "clang" in str(self.settings.compiler):
            library.defines.append("ASIO_HAS_CO_AWAIT=1")
        library.set_property("cmake_target_name", "mtp::mtp")
        library.set_property("pkg_config_name", "mtp")
        if self.options.testing:
            testing = self.cpp_info.components["testing"]
            testing.libs = ["mtp_testing"]
            testing.requires = ["mtp", "openssl::crypto", "fmt::fmt"]
            testing.set_property("cmake_target_name", "mtp::testing")
            testing.set_property("pkg_config_name", "mtp-testing")
        if self.options.sqlite:
            sqlite = self.cpp_info.components["sqlite"]
            sqlite.libs = ["mtp_sqlite"]
            sqlite.requires = ["mtp", "sqlite3::sqlite3"]
            sqlite.set_property("cmake_target_name", "mtp::sqlite")
            sqlite.set_property("pkg_config_name", "mtp-sqlite")
        if self.options.postgres:
            postgres = self.cpp_info.components["postgres"]
            postgres.libs = ["mtp_postgres"]
            postgres.requires = ["mtp", "libpq::pq"]
            postgres.set_property("cmake_target_name", "mtp::postgres")
            postgres.set_property("pkg_config_name", "mtp-postgres")
        if self.options.redis:
            redis = self.cpp_info.components["redis"]
            redis.libs = ["mtp_redis"]
            redis.requires = ["mtp", "hiredis::hiredislib"]
            redis.set_property("cmake_target_name", "mtp::redis")
            redis.set_property("pkg_config_name", "mtp-redis")
        if self.options.libsql:
            libsql = self.cpp_info.components["libsql"]
            libsql.libs = ["mtp_libsql"]
            libsql.requires = ["mtp", "sqlite", "libcurl::curl", "sqlite3::sqlite3"]
            libsql.set_property("cmake_target_name", "mtp::libsql")
            libsql.set_property("pkg_config_name", "mtp-libsql")
        if self.options.qr:
            qr = self.cpp_info.components["qr"]
            qr.libs = ["mtp_qr"]
            qr.requires = ["mtp", "libqrencode::libqrencode"]
            qr.set_property("cmake_target_name", "mtp::qr")
            qr.set_property("pkg_config_name", "mtp-qr")
