// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mtp::MTP_ABI::testing {

/// Who may call a method.
enum class audience {
  signed_in,   ///< everybody who is somebody
  anybody,     ///< before log-in too
  key_holder,  ///< under a temporary key that is not yet bound, too
};

/// The methods that the data centre knows, by constructor id of the newest layer.
///
/// One entry a method, made by on<>(). A later one replaces an earlier one: that is how a test
/// puts its own handler in place.
class handler_table {
 public:
  struct entry {
    std::string_view name = {};
    audience who = audience::signed_in;
    raw_handler<call_context> run = {};
  };

  /// Serves `F`, whose TL name is `F::tl_name`, with a function of (call_context&, F const&) that
  /// gives an `outcome` of the method's result.
  template <class F, class Handler>
  void on(Handler handler, audience who = audience::signed_in) {
    entries_[F::tl_id] = {F::tl_name, who, typed_handler<F, call_context>(std::move(handler))};
  }

  /// Puts a test's handler in place; who may call the method stays as it was.
  void replace(std::uint32_t id, std::string_view name, raw_handler<call> run) {
    auto const at = entries_.find(id);
    auto const who = at == entries_.end() ? audience::signed_in : at->second.who;
    entries_[id] = {name, who, std::move(run)};
  }

  entry const* find(std::uint32_t id) const {
    auto const at = entries_.find(id);
    return at == entries_.end() ? nullptr : &at->second;
  }
  std::size_t size() const { return entries_.size(); }

 private:
  std::unordered_map<std::uint32_t, entry> entries_;
};

// One function a file of handlers.
void add_account_handlers(handler_table& table);
void add_account_login_handlers(handler_table& table);
void add_account_number_handlers(handler_table& table);
void add_account_password_handlers(handler_table& table);
void add_bot_handlers(handler_table& table);
void add_callback_handlers(handler_table& table);
void add_channel_handlers(handler_table& table);
void add_chat_handlers(handler_table& table);
void add_contact_handlers(handler_table& table);
void add_dialog_handlers(handler_table& table);
void add_draft_handlers(handler_table& table);
void add_edit_handlers(handler_table& table);
void add_email_handlers(handler_table& table);
void add_forward_handlers(handler_table& table);
void add_help_handlers(handler_table& table);
void add_history_handlers(handler_table& table);
void add_key_handlers(handler_table& table);
void add_log_in_handlers(handler_table& table);
void add_media_handlers(handler_table& table);
void add_passkey_handlers(handler_table& table);
void add_password_log_in_handlers(handler_table& table);
void add_pin_handlers(handler_table& table);
void add_poll_handlers(handler_table& table);
void add_qr_log_in_handlers(handler_table& table);
void add_reaction_handlers(handler_table& table);
void add_reading_handlers(handler_table& table);
void add_scheduled_handlers(handler_table& table);
void add_send_handlers(handler_table& table);
void add_start_up_handlers(handler_table& table);
void add_takeout_handlers(handler_table& table);
void add_todo_handlers(handler_table& table);
void add_transfer_handlers(handler_table& table);
void add_update_handlers(handler_table& table);
void add_user_handlers(handler_table& table);
void add_web_login_handlers(handler_table& table);

/// All of them.
handler_table standard_handlers();

}  // namespace mtp::MTP_ABI::testing
