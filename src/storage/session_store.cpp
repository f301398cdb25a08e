// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/session_store.hpp>

#include "storage/session_file.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

class memory_session_store final : public session_store {
 public:
  task<session_state> open() override {
    if (open_) throw error(make_error_code(client_errc::session_in_use));
    open_ = true;
    co_return state_;
  }
  task<> commit(session_change change) override {
    return keep(std::make_unique<session_change const>(std::move(change)));
  }
  void close() noexcept override { open_ = false; }

 private:
  task<> keep(std::unique_ptr<session_change const> change) {
    apply(state_, *change);
    co_return;
  }

  session_state state_;
  bool open_ = false;
};

class file_session_store final : public session_store {
 public:
  file_session_store(std::string path, file_system& files)
      : name_(path), file_(std::move(path), files) {}

  task<session_state> open() override {
    if (file_.is_open()) throw error(make_error_code(client_errc::session_in_use), name_);
    auto state = file_.open();
    if (!state) throw error(state.error(), name_);
    state_ = *state;
    co_return *std::move(state);
  }

  task<> commit(session_change change) override {
    if (!file_.is_open()) throw error(make_error_code(client_errc::storage), name_);
    apply(state_, change);  // kept when the disk is full: the next commit writes it too
    auto const saved = file_.save(state_);
    if (!saved) throw error(saved.error(), name_);
    co_return;
  }

  void close() noexcept override { file_.close(); }

 private:
  std::string name_;
  detail::session_file file_;
  session_state state_;
};

}  // namespace

std::shared_ptr<session_store> memory_session() { return std::make_shared<memory_session_store>(); }

std::shared_ptr<session_store> file_session(std::string path) {
  return file_session(std::move(path), local_files());
}

std::shared_ptr<session_store> file_session(std::string path, file_system& files) {
  return std::make_shared<file_session_store>(std::move(path), files);
}

}  // namespace mtp::MTP_ABI
