// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Declarations for headers that only name what the library defines. Declaring such a class in
// `namespace mtp` oneself would declare another one: all lie in the namespace of their ABI.
#pragma once

#include <mtp/core/config.hpp>

namespace mtp::MTP_ABI {

class client;
class environment;
class error;
class message;
class new_message;
class peer_ref;
class record_store;
class rpc_error;
class session_store;
class update;
class update_stream;
class user;
struct client_config;
struct invoke_options;

namespace testing {

class data_centre;
class simulation;

}  // namespace testing

}  // namespace mtp::MTP_ABI
